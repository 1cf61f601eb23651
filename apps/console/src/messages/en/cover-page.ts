export const coverPage = {
  tab: 'Cover page of {number}',
  title: 'Acceptance test: cover page',
  numberAndRevision: '{number}, revision {revision, number}',
  back: 'Back to the submission',
  print: 'Print',
  subject: 'What was submitted',
  approvals: 'Approvals',
  configuration: 'Configuration version {version, number} ({file}), policy {policy}.',
  sha256: 'SHA-256',
  signedElectronically: 'signed in APMS,',
  decidedBefore: 'Decided in an earlier review.',
  items: 'Punchlist',
  itemCounts:
    '{open, plural, =0 {Nothing is open} one {# item is open} other {# items are open}}, {closed, number} closed.',
  asOf: 'From APMS, as it stood on',
  zone: '({utc} UTC). All times are of the zone {zone}.',
} as const;
