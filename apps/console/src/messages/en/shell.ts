export const shell = {
  skip: 'Skip to the content',
  navigation: 'Main',
  sectionsTitle: 'Navigation',
  openNavigation: 'Open the navigation',
  workspace: 'Workspace',
  switchWorkspace: 'Switch the workspace, now {name}',
  account: 'Your account, {name}',
  theme: { label: 'Theme', system: 'As the system', light: 'Light', dark: 'Dark' },
  notPermitted: {
    title: 'Your role does not include this page',
    text: 'It needs the permission {permission}. An administrator of {workspace} can give you a role that includes it.',
  },
  groups: {
    work: 'Work',
    configuration: 'Configuration',
    operations: 'Operations',
    administration: 'Administration',
    own: 'Yours',
  },
  sections: {
    inbox: 'Inbox',
    sites: 'Sites',
    people: 'People',
    auditEvents: 'Audit events',
    apiKeys: 'API keys',
    account: 'Account',
  },
} as const;
