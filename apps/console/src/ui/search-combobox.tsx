import { Combobox } from '@base-ui/react/combobox';
import { keepPreviousData, type QueryKey, useQuery } from '@tanstack/react-query';
import { ChevronDown, X } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { controlLook } from './field.tsx';
import { useErrorText } from './use-error-text.ts';
import { useReadableSurroundings } from './use-readable-surroundings.ts';

export interface SearchComboboxProps<Item extends { readonly id: string }> {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly isOptional?: boolean;
  readonly value: Item | null;
  readonly onSelect: (item: Item | null) => void;
  /** Under which what was found is kept. */
  readonly queryKey: QueryKey;
  /** The first few that fit a text; all do when it is empty. */
  readonly find: (text: string, signal: AbortSignal) => Promise<readonly Item[]>;
  readonly textOf: (item: Item) => string;
  /** A second line. */
  readonly detailOf?: (item: Item) => string | null;
}

const PAUSE_MS = 200;

/** One of more things than a list could show: found while one types. */
export function SearchCombobox<Item extends { readonly id: string }>(props: SearchComboboxProps<Item>) {
  const { label, hint, error, isOptional = false, value, onSelect, queryKey, find, textOf, detailOf } = props;
  const t = useTranslations('common');
  const errorText = useErrorText();
  const id = useId();
  const listId = `${id}-list`;
  const inputRef = useRef<HTMLInputElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  useReadableSurroundings(inputRef, isOpen);
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const found = useQuery({
    queryKey: [...queryKey, asked],
    queryFn: ({ signal }) => find(asked, signal),
    enabled: isOpen,
    placeholderData: keepPreviousData,
  });
  const items = found.data ?? [];
  // What is chosen stays known, whatever is looked for.
  const known = value === null || items.some((item) => item.id === value.id) ? items : [...items, value];
  const describedBy = error !== undefined ? `${id}-error` : hint !== undefined ? `${id}-hint` : undefined;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
        {isOptional && <span className="font-normal text-quiet"> ({t('optional')})</span>}
      </label>
      <Combobox.Root
        items={known}
        filter={null}
        value={value}
        onValueChange={(item: Item | null) => {
          setTyped('');
          onSelect(item);
        }}
        isItemEqualToValue={(one: Item, other: Item) => one.id === other.id}
        itemToStringLabel={textOf}
        onOpenChange={setIsOpen}
        onInputValueChange={(text, { reason }) => {
          // What is chosen fills the input too, and is nothing to look for.
          if (reason === 'input-change' || text === '') setTyped(text);
        }}
      >
        {/* The list lies at the end of the page, and is read where it belongs. */}
        <Combobox.InputGroup className="relative" aria-owns={isOpen ? listId : undefined}>
          <Combobox.Input
            ref={inputRef}
            id={id}
            className={`${controlLook} pr-18`}
            aria-label={label}
            aria-describedby={describedBy}
            aria-invalid={error !== undefined || undefined}
          />
          <div className="absolute inset-y-0 right-1 flex items-center">
            <Combobox.Clear
              aria-label={t('clear')}
              className="flex size-8 items-center justify-center rounded text-quiet hover:text-ink"
            >
              <X aria-hidden className="size-4" />
            </Combobox.Clear>
            <Combobox.Trigger
              aria-label={t('choices', { label })}
              className="flex size-8 items-center justify-center rounded text-quiet hover:text-ink"
            >
              <ChevronDown aria-hidden className="size-4" />
            </Combobox.Trigger>
          </div>
        </Combobox.InputGroup>
        <Combobox.Portal id={listId}>
          <Combobox.Positioner sideOffset={4} className="z-60 outline-none">
            <Combobox.Popup className="max-h-80 w-(--anchor-width) min-w-56 overflow-y-auto rounded-lg border border-line bg-surface p-1 text-sm shadow-lg">
              <Combobox.Status className="px-2.5 py-1.5 text-quiet empty:hidden">
                {found.isError ? errorText(found.error) : found.isFetching ? t('loading') : null}
              </Combobox.Status>
              <Combobox.Empty className="px-2.5 py-1.5 text-quiet empty:hidden">
                {found.isSuccess && !found.isFetching ? t('nothingFound') : null}
              </Combobox.Empty>
              <Combobox.List>
                {(item: Item) => (
                  <Combobox.Item
                    key={item.id}
                    value={item}
                    className="flex min-h-9 cursor-pointer flex-col justify-center rounded px-2.5 py-1.5 outline-none data-highlighted:bg-raised data-selected:font-semibold"
                  >
                    {textOf(item)}
                    {detailOf !== undefined && (
                      <span className="font-normal text-quiet">{detailOf(item)}</span>
                    )}
                  </Combobox.Item>
                )}
              </Combobox.List>
            </Combobox.Popup>
          </Combobox.Positioner>
        </Combobox.Portal>
      </Combobox.Root>
      {hint !== undefined && error === undefined && (
        <p id={`${id}-hint`} className="text-sm text-quiet">
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} role="alert" className="text-sm text-bad">
          {error}
        </p>
      )}
    </div>
  );
}
