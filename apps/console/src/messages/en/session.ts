export const session = {
  title: 'Sign in to APMS',
  email: 'E-mail address',
  password: 'Password',
  signIn: 'Sign in',
  signingIn: 'Signing in …',
  signOut: 'Sign out',
  forgot: 'Forgot your password?',
  forgotHint: 'Enter your e-mail address above first.',
  forgotSent:
    'If there is an account for {email}, a link for a new password is on its way. It is good for one hour.',
  wrongPassword: 'The e-mail address or the password is not right.',
  refused: 'The server refused it ({code}). Try again in a minute; if it stays so, tell your administrator.',
  originRefused:
    'This page was opened under another address than the server knows as its own. Use the address from your invitation.',
  tooManyForNow: 'Too many attempts. Try again later, or set a new password.',
  notActive: 'Your account is not active. Ask an administrator of your workspace to activate it.',
  tooMany:
    'Too many attempts. Try again in {seconds, plural, one {# second} other {# seconds}}, or set a new password.',
  expired: {
    title: 'Sign in again',
    text: 'Your session has ended. Sign in to go on: what you entered is still here, and what you just asked for is then done.',
    leave: 'Leave the page',
  },
  noWorkspace: {
    title: 'You are not a member of any workspace',
    text: 'You are signed in as {email}. Ask an administrator of your programme to add you.',
  },
  workspaceNotFound: {
    title: 'You cannot open this workspace',
    text: 'There is no workspace {code}, or you ({email}) are not a member of it. These are yours:',
  },
} as const;
