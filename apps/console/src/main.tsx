import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createSessionApi } from './api/session-api.ts';
import { Messages } from './messages/messages.tsx';
import { createConsoleRouter } from './router.ts';
import { reloadWhenOutdated } from './shell/reload-when-outdated.ts';
import { applyTheme, readTheme } from './shell/theme.ts';
import './styles.css';
import { Toasts } from './ui/toasts.tsx';

// zod reads it when it is loaded, which is with the first page that needs it: schemas are not to compile themselves, for
// the content security policy forbids it.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
applyTheme(readTheme());
reloadWhenOutdated();

const session = createSessionApi();
const router = createConsoleRouter({ session });
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <Messages>
      <QueryClientProvider client={session.queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
      <Toasts />
    </Messages>
  </StrictMode>,
);
