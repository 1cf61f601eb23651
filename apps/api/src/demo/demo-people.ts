import type { MembershipRole } from '@apms/validators';

/** Somebody to log in as. */
export interface DemoPerson {
  readonly email: string;
  readonly name: string;
  readonly roles: readonly MembershipRole[];
}

/** The password of everybody in the demonstration, which listens on this machine only. */
export const DEMO_PASSWORD = 'acceptance-demo';

/** One for each thing that a login role is there for. */
export const demoStaff = {
  admin: { email: 'admin@apms.example', name: 'Ayu Admin', roles: ['ADMIN'] },
  configManager: { email: 'config@apms.example', name: 'Candra Config', roles: ['CONFIG_MANAGER'] },
  docControl: { email: 'docs@apms.example', name: 'Dewi Documents', roles: ['DOC_CONTROL'] },
  qaEngineer: { email: 'qa@apms.example', name: 'Qori Quality', roles: ['QA_ENGINEER'] },
  vendor: { email: 'vendor@apms.example', name: 'Vino Vendor', roles: ['VENDOR'] },
} as const satisfies Readonly<Record<string, DemoPerson>>;
