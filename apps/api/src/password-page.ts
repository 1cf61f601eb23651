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

/** The console's own look, without its files. */
const style = `
:root {
  color-scheme: light dark;
  --surface: light-dark(#ffffff, #161b21);
  --ink: light-dark(#151b22, #e7ecf1);
  --quiet: light-dark(#525e6b, #a3aeb9);
  --line: light-dark(#7d8894, #6b7782);
  --accent: light-dark(#0b6b63, #4fcabb);
  --on-accent: light-dark(#ffffff, #06231f);
}
* { box-sizing: border-box; }
body {
  margin: 0; background: light-dark(#f6f7f9, #0e1216); color: var(--ink);
  font: 0.9375rem/1.5 ui-sans-serif, system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
main {
  display: flex; flex-direction: column; justify-content: center;
  max-width: 24rem; min-height: 100dvh; margin: auto; padding: 1.5rem;
}
h1 { margin: 0 0 0.5rem; font-size: 1.25rem; line-height: 1.4; }
label { font-size: 0.875rem; font-weight: 500; }
input, button { width: 100%; min-height: 2.25rem; border-radius: 0.375rem; padding: 0.375rem 0.625rem; font: inherit; }
input { margin-top: 0.25rem; border: 1px solid var(--line); background: var(--surface); color: var(--ink); }
button { border: 0; background: var(--accent); color: var(--on-accent); font-weight: 500; cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
output { display: block; color: var(--quiet); }
output:empty { display: none; }
a { color: var(--accent); }
`;

/** On which people set a password by the link of a mail, and go on to sign in. It loads nothing from anywhere. */
export const passwordPage = (appUrl: string) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Set your password · APMS</title>
<style>${style}</style>
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

/** Lets the page run its own script, look as it should, call this server and nothing else. */
export const passwordPagePolicy = [
  "default-src 'none'",
  "connect-src 'self'",
  `script-src '${hashOf(script)}'`,
  `style-src '${hashOf(style)}'`,
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
