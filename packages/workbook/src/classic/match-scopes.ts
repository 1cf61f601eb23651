import { wordsOf } from '../clean-text.ts';

interface Scope {
  scopeCode: string;
  scopeName: string;
}

/**
 * The scopes whose names a text is made of, in any order: `RAN_MW` names RAN and MW, `PLN_Upgrade` names
 * PLN Upgrade. Longer names are found first and use up their words, so that MW Upgrade is not also MW.
 */
export function matchScopes<Named extends Scope>(text: string, scopes: readonly Named[]): Named[] {
  const words = wordsOf(text);
  const longestFirst = scopes
    .map((scope) => ({ scope, words: wordsOf(scope.scopeName) }))
    .toSorted((a, b) => b.words.length - a.words.length);
  const matched = longestFirst.filter((one) => {
    const places = one.words.map((word) => words.indexOf(word));
    if (places.length === 0 || places.includes(-1) || new Set(places).size < places.length) return false;
    for (const place of places) words[place] = '';
    return true;
  });
  return scopes.filter((scope) => matched.some((one) => one.scope === scope));
}
