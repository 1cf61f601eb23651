import type { Permission } from '@apms/validators';
import type { LinkProps } from '@tanstack/react-router';
import { CircleUser, type LucideIcon, RadioTower } from 'lucide-react';
import type { en } from '../messages/en.ts';

/** A part of the console that the navigation leads to. */
interface Section {
  readonly to: LinkProps['to'];
  readonly name: keyof (typeof en)['shell']['sections'];
  readonly icon: LucideIcon;
  /** Whoever lacks it is not offered the section; null: everybody has it. */
  readonly permission: Permission | null;
}

/** In the order of the navigation; the first one that somebody may open is their start page. */
export const sections = [
  { to: '/w/$workspaceCode/sites', name: 'sites', icon: RadioTower, permission: 'sites.read' },
  { to: '/w/$workspaceCode/account', name: 'account', icon: CircleUser, permission: null },
] as const satisfies readonly Section[];
