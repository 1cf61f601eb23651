import { type MouseEvent, type ReactNode, useId, useState } from 'react';

/** The class of a link or a button in a {@link Popover}. */
export const popoverItem =
  'flex min-h-9 w-full cursor-pointer items-center gap-2 rounded px-2.5 py-1.5 text-left select-none hover:bg-raised';

export interface PopoverProps {
  /** The button: its name, how it looks, and what it shows. */
  readonly label: string;
  readonly look: string;
  readonly face: ReactNode;
  /** Links and buttons, of which one closes it, and whatever else. */
  readonly children: ReactNode;
}

/**
 * A button in the page's header, and what it opens below itself. The browser opens and closes it, by Escape and a click
 * elsewhere too, and brings the focus back; so it costs the first load no script.
 */
export function Popover({ label, look, face, children }: PopoverProps) {
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);

  function closeWhenChosen({ target, currentTarget }: MouseEvent<HTMLDivElement>): void {
    if (target instanceof Element && target.closest('a, button') !== null) currentTarget.hidePopover();
  }

  return (
    <>
      <button type="button" popoverTarget={id} aria-label={label} className={look}>
        {face}
      </button>
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- what is chosen in it is a link or a button, which keys click too */}
      <div
        id={id}
        popover="auto"
        onBeforeToggle={({ newState }) => newState === 'open' && setIsOpen(true)}
        // Not before: the browser brings the focus back only from what is still there.
        onToggle={({ newState }) => setIsOpen(newState === 'open')}
        onClick={closeWhenChosen}
        // Where the browser cannot place it below its button: at the right end below the header.
        className="fixed inset-auto top-(--header-height) right-4 m-0 max-h-[80dvh] min-w-48 max-w-[calc(100vw-2rem)] overflow-y-auto rounded-lg border border-line bg-surface p-1 text-sm text-ink shadow-lg supports-[position-area:bottom]:inset-auto supports-[position-area:bottom]:mt-1.5 supports-[position-area:bottom]:[position-area:bottom_span-left]"
      >
        {isOpen && children}
      </div>
    </>
  );
}

export function PopoverSeparator() {
  return <div className="my-1 border-t border-line" />;
}
