/** For `form.register`: an input that was left empty says nothing. A form's own first value passes here too. */
export const textOrNull = {
  setValueAs: (value: string | null | undefined) => (value?.trim() ? value : null),
};

/** The same for numbers; what is none becomes `NaN`, which schemas refuse. */
export const numberOrNull = {
  setValueAs: (value: string | number | null | undefined) =>
    value === null || value === undefined || String(value).trim() === '' ? null : Number(value),
};
