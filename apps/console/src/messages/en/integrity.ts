export const integrity = {
  title: 'Integrity',
  about:
    'An audit looks at every foreign key of the whole database for orphans: rows whose reference leads nowhere.',
  quarantineLink: 'Rows set aside',
  alertSettings: 'Alert thresholds',
  back: 'All audits',
  run: {
    action: 'Run an audit now',
    done: '{orphans, plural, =0 {The audit found no orphans.} one {The audit found # orphan.} other {The audit found # orphans.}}',
    running: 'An audit is running already. Its result will appear here as soon as it has ended.',
    elsewhere: 'The audit that was running has ended.',
    tooLong:
      'The audit took longer than a call may and was given up; nothing was stored. Wait for the scheduled one, which has the time.',
  },
  health: {
    title: 'Health now',
    state: 'Health',
    when: 'Looked at',
    duration: 'Duration',
    checks: 'Foreign keys with orphans',
    checksOf: '{failed, number} of {total, number}',
    orphans: 'Orphans',
    origin: 'Run',
    by: '{origin} by {name}',
    open: 'Open this audit',
    CRITICAL:
      'Approvals can no longer be explained. Stop imports and scripts, find the cause, and mend the rows within the hour.',
    WARNING: 'People may meet errors where these rows are shown. Find the cause, and mend the rows today.',
    HEALTHY: 'Every reference leads to a row.',
    newer: 'There is a newer audit.',
    newerLink: 'See what it found',
  },
  empty: {
    title: 'No audit has run yet',
    text: 'Audits run by the schedule of the application’s job queue, or when somebody asks for one.',
    mayNot:
      'Somebody who may run audits (an administrator or configuration manager) can ask for the first one.',
  },
  findings: {
    title: 'What it found, key by key',
    caption: 'Foreign keys with orphans',
    columns: {
      severity: 'Severity',
      key: 'Foreign key',
      count: 'Orphans',
      samples: 'Rows of this workspace, for example',
    },
    remedy: 'Look and mend',
    remedyOf: 'Look and mend: {key}',
    noSamples: 'None among the samples: they are another workspace’s, or nobody’s.',
    counts: 'Counts are of the whole database; rows are named only where they are this workspace’s.',
    others: '{count, plural, one {# other foreign key has} other {# other foreign keys have}} no orphans.',
    none: 'None of the {count, plural, one {# foreign key} other {# foreign keys}} has orphans.',
    skipped:
      '{count, plural, one {# foreign key} other {# foreign keys}} could not be looked at, because the database lacks its table or columns:',
  },
  trend: {
    title: 'Trend of orphans',
    captions: {
      hour: 'The most orphans that an audit of each hour found',
      day: 'The most orphans that an audit of each day (UTC) found',
    },
    chart:
      'Bar chart: {runs, plural, =0 {no audits} one {# audit} other {# audits}} in the period, at most {most, plural, one {# orphan} other {# orphans}}. The table has the same figures.',
    period: 'Period',
    periods: {
      '24h': 'The last 24 hours',
      '7d': 'The last 7 days',
      '30d': 'The last 30 days',
      '90d': 'The last 90 days',
    },
    bucket: 'Point for',
    columns: {
      when: 'When',
      runs: 'Audits',
      orphans: 'Orphans',
      checks: 'Keys with orphans',
      health: 'Health',
    },
    orphans: '{count, plural, one {# orphan} other {# orphans}}',
    runs: '{count, plural, one {# audit} other {# audits}}',
    noRun: 'no audit',
    none: 'No audit ran in this period: choose a longer one, or run an audit now.',
  },
  history: {
    title: 'All audits',
    label: 'Audits, the newest first',
    filters: { origin: 'Run', health: 'Health' },
    columns: {
      when: 'When',
      health: 'Health',
      orphans: 'Orphans',
      checks: 'Keys with orphans',
      duration: 'Duration',
      origin: 'Run',
    },
    durations: 'How long the audits of the list took, as far as it was read',
    durationsChart:
      'Line chart: {count, number} audits, the longest took {longest}. The table has the same figures.',
  },
  audit: {
    title: 'Audit of {time}',
    missingTitle: 'There is no such audit',
    missingText: 'The address may be mistyped, or the audit was removed when its time was over.',
  },
} as const;
