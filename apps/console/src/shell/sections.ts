import type { Permission } from '@apms/validators';
import type { LinkProps } from '@tanstack/react-router';
import {
  ArrowLeftRight,
  CircleUser,
  FileSpreadsheet,
  FileStack,
  GitBranch,
  Inbox,
  KeyRound,
  ListChecks,
  type LucideIcon,
  RadioTower,
  Rocket,
  ScrollText,
  Settings,
  ShieldCheck,
  Users,
} from 'lucide-react';
import type { en } from '../messages/en.ts';

/** A part of the console that the navigation leads to. */
interface Section {
  readonly to: LinkProps['to'];
  readonly name: keyof (typeof en)['shell']['sections'];
  /** Below which heading of the navigation it is. */
  readonly group: SectionGroup;
  readonly icon: LucideIcon;
  /** Whoever lacks it is not offered the section; null: everybody has it. */
  readonly permission: Permission | null;
}

/** The headings of the navigation, in order. */
export const sectionGroups = ['work', 'configuration', 'operations', 'administration', 'own'] as const;
type SectionGroup = (typeof sectionGroups)[number];

/** In the order of the navigation; the first one that somebody may open is their start page. */
export const sections = [
  {
    to: '/w/$workspaceCode/inbox',
    name: 'inbox',
    group: 'work',
    icon: Inbox,
    permission: 'workflows.decide',
  },
  {
    to: '/w/$workspaceCode/submissions',
    name: 'submissions',
    group: 'work',
    icon: FileStack,
    permission: 'submissions.read',
  },
  {
    to: '/w/$workspaceCode/workflows',
    name: 'workflows',
    group: 'work',
    icon: GitBranch,
    permission: 'workflows.read',
  },
  {
    to: '/w/$workspaceCode/punchlists',
    name: 'punchlists',
    group: 'work',
    icon: ListChecks,
    permission: 'punchlists.read',
  },
  {
    to: '/w/$workspaceCode/overrides',
    name: 'overrides',
    group: 'work',
    icon: ArrowLeftRight,
    permission: 'overrides.read',
  },
  {
    to: '/w/$workspaceCode/sites',
    name: 'sites',
    group: 'work',
    icon: RadioTower,
    permission: 'sites.read',
  },
  {
    to: '/w/$workspaceCode/configuration',
    name: 'configuration',
    group: 'configuration',
    icon: FileSpreadsheet,
    permission: 'config.read',
  },
  {
    to: '/w/$workspaceCode/integrity',
    name: 'integrity',
    group: 'operations',
    icon: ShieldCheck,
    permission: 'integrity.read',
  },
  {
    to: '/w/$workspaceCode/deployments',
    name: 'deployments',
    group: 'operations',
    icon: Rocket,
    permission: 'deployments.read',
  },
  {
    to: '/w/$workspaceCode/people',
    name: 'people',
    group: 'administration',
    icon: Users,
    permission: 'members.read',
  },
  {
    to: '/w/$workspaceCode/audit-events',
    name: 'auditEvents',
    group: 'administration',
    icon: ScrollText,
    permission: 'audit.read',
  },
  {
    to: '/w/$workspaceCode/settings',
    name: 'settings',
    group: 'administration',
    icon: Settings,
    permission: 'settings.read',
  },
  {
    to: '/w/$workspaceCode/api-keys',
    name: 'apiKeys',
    group: 'own',
    icon: KeyRound,
    permission: 'apiKeys.own',
  },
  {
    to: '/w/$workspaceCode/account',
    name: 'account',
    group: 'own',
    icon: CircleUser,
    permission: null,
  },
] as const satisfies readonly Section[];
