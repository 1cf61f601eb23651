export const remediation = {
  title: 'Orphans of {key}',
  about:
    'Rows of this workspace in {table} whose {columns} name a row of {referenced} that does not exist, as they are now. Looking changes nothing.',
  back: 'Back to the audit',
  toIntegrity: 'Integrity',
  missingTitle: 'There is no such foreign key',
  missingText:
    'The address may be mistyped, or the key is gone from the database; then that is why there are orphans.',
  causeFirst:
    'Find out first why the rows are orphans: a dropped key, a partial restore, a script. Otherwise they will be back.',
  list: 'Orphans',
  columns: { row: 'Row', reference: 'Refers to', content: 'What it says' },
  tooMany: 'Choose at most {most, number} rows at once.',
  open: 'Row {rowId}',
  value: { column: 'Column', content: 'Value' },
  ways: {
    title: 'What can be done',
    relink: 'Link anew',
    relinkText:
      'The rows chosen refer to an existing row of {referenced} from then on. Best, where you know where they belong.',
    quarantine: 'Set aside',
    quarantineText:
      'The rows chosen leave {table} and are kept whole among the rows set aside; they can be brought back.',
    parts: 'What is part of them goes along: rows of {parts}.',
    refused: 'Not possible here: {reason}',
  },
  refusals: {
    HISTORY:
      'the table is history, which is kept as it was written. Bring back the row that is referred to, from a backup.',
    FROZEN_VERSION:
      'the config version of the rows has left DRAFT and is never edited. Bring back the row that is referred to, from a backup.',
    FROZEN_WORKFLOW:
      'a workflow keeps the config version that it was started from. Bring that version back from a backup.',
    NO_WORKSPACE:
      'the rows of this table belong to no workspace. Whoever runs the database has to mend them, by the runbook.',
    OWNERSHIP:
      'the reference is the workspace itself, which says whose the rows are. Set them aside, or bring the workspace back from a backup.',
    NOT_GRANTED:
      'the system itself may not do this to the table. Whoever runs the database has to, by the runbook.',
  },
  empty: {
    title: 'No orphans of this key in this workspace',
    text: 'They were mended, or are another workspace’s. Run an audit to prove it.',
  },
  dialog: {
    relinkTitle: 'Link {count, plural, one {# row} other {# rows}} of {table} anew?',
    quarantineTitle: 'Set {count, plural, one {# row} other {# rows}} of {table} aside?',
    relinkText:
      'Exactly the rows below, all or none, will refer to the row of {referenced} that you name. Their present reference is overwritten; the audit events keep what was done.',
    quarantineText:
      'Exactly the rows below, all or none, are removed from {table} and kept whole among the rows set aside, from where they can be brought back.',
    rows: 'Rows',
    reference: 'Id of the row of {referenced} they shall refer to',
    referenceHint: 'It has to be of this workspace; of the same config version, where the key carries one.',
    userHint: 'The id of a member of this workspace.',
    reason: 'Reason',
    reasonHint: 'Kept in the audit events: ticket, cause, who agreed.',
    relink: '{count, plural, one {Link # row anew} other {Link # rows anew}}',
    quarantine: '{count, plural, one {Set # row aside} other {Set # rows aside}}',
    mayRefuse:
      'If it is refused, nothing has changed: the table, or a part of it, is then history, or belongs to a config version that has left DRAFT.',
    gone: 'Somebody was faster: {count, plural, one {one of these rows is} other {# of these rows are}} no orphan any more ({ids}). Nothing was changed. The list has been read again: close this, and choose anew.',
    inUse: 'Rows of {usedBy} still refer to one of these: mend those first. Nothing was changed.',
    notThere:
      'There is no row {id} in {referenced} that these rows may refer to: name one of this workspace. Nothing was changed.',
    notFound:
      'This audit did not find orphans of this key: run an audit now, and begin with it. Nothing was changed.',
    refused: 'It was refused, and nothing was changed: {reason}',
  },
  relinked: '{count, plural, one {# row was} other {# rows were}} linked anew. Run an audit to prove it.',
  setAside: '{count, plural, one {# row was} other {# rows were}} set aside. Run an audit to prove it.',
  aside: {
    title: 'Rows set aside',
    about:
      'Orphans of this workspace that were moved out of their tables, whole. They come back when their reference exists again.',
    label: 'Rows that were set aside, the newest first',
    filters: { state: 'State', key: 'Foreign key' },
    states: { ASIDE: 'Set aside', RESTORED: 'Brought back' },
    columns: { row: 'Row', key: 'Foreign key', reason: 'Reason', when: 'Set aside', state: 'State' },
    emptyTitle: 'No rows are set aside',
    emptyText: 'Where an audit finds orphans of this workspace, they can be set aside from there.',
    restore: 'Bring back',
    restoreTitle: 'Bring {count, plural, one {# row} other {# rows}} back?',
    restoreText:
      'All of them come back to their tables as they were, or none. The database checks their references again: what is still an orphan stays aside.',
    together:
      '{count, plural, one {# more row was} other {# more rows were}} set aside in the same step: parts of these, or what they are parts of.',
    chooseTogether: 'Choose them too',
    restoreAction: '{count, plural, one {Bring # row back} other {Bring # rows back}}',
    restored: '{count, plural, one {# row was} other {# rows were}} brought back.',
    stillMissing:
      'They stay aside, for their reference still leads nowhere: {field} names a row of {entity} that does not exist{id, select, none {} other { ({id})}}. Bring that row back first, or choose what they are parts of too.',
    already:
      'Somebody was faster: one of the rows is back already. The list has been read again: close this, and choose anew.',
  },
} as const;
