import { useMessages } from 'use-intl';

/** How actions and entities of audit events are said. What the console has no words for yet is said as it is. */
export function useAuditWords() {
  const { auditEvents } = useMessages();
  const actions: Readonly<
    Record<string, { readonly title: string; readonly verbs: Readonly<Record<string, string>> }>
  > = auditEvents.actions;
  const entities: Readonly<Record<string, string>> = auditEvents.entities;
  return {
    actionText(action: string): string {
      const [module = '', verb = ''] = action.split('.');
      return actions[module]?.verbs[verb] ?? action;
    },
    entityText: (entityType: string): string => entities[entityType] ?? entityType,
    /** Prefixes of all actions of a module, for a choice. */
    modules: Object.entries(actions).map(([module, { title }]) => ({ value: `${module}.`, label: title })),
    /** Actions of the module that a prefix names, for a choice. */
    actionsOf(prefix: string | undefined) {
      const [module = ''] = prefix?.split('.') ?? [];
      const { verbs = {} } = actions[module] ?? {};
      return Object.entries(verbs).map(([verb, label]) => ({ value: `${module}.${verb}`, label }));
    },
    entities: Object.entries(entities).map(([value, label]) => ({ value, label })),
  };
}
