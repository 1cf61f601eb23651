import { createHash } from 'node:crypto';

const script = `
const form = document.querySelector('form');
const answer = document.querySelector('output');
const signIn = document.querySelector('a');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const [password, again] = new FormData(form).values();
  if (password !== again) { answer.value = 'The two passwords are not the same.'; return; }
  const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
  const response = await fetch('reset-password', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, newPassword: password }),
  }).catch(() => null);
  if (response?.ok) { form.hidden = true; answer.value = 'Your password is set.'; signIn.hidden = false; return; }
  answer.value = response?.status === 400
    ? 'The link was used before or is too old: ask for a new one.'
    : 'That did not work. Try again in a minute.';
});
`;

/** On which people set a password by the link of a mail, and go on to sign in. It loads nothing from anywhere. */
export const passwordPage = (appUrl: string) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Set your password – APMS</title>
<main>
<h1>Set your password</h1>
<form>
<p><label>New password, at least 12 characters<br>
<input type="password" name="password" autocomplete="new-password" minlength="12" maxlength="128" required autofocus></label>
<p><label>Once more<br>
<input type="password" name="again" autocomplete="new-password" required></label>
<p><button>Set password</button>
</form>
<p><output role="status"></output>
<a href="${new URL('sign-in', asDirectory(appUrl)).href}" hidden>Sign in with it</a>
</main>
<script>${script}</script>
</html>
`;

function asDirectory(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}

/** Lets the page run its own script, call this server and nothing else. */
export const passwordPagePolicy = [
  "default-src 'none'",
  "connect-src 'self'",
  `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
