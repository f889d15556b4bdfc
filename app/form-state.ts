/** What a form's action gives back: what was typed (never secrets) and, by field, what to do about it, in the reader's language. */
export type FormState<Field extends string> = {
  values: Partial<Record<Field, string>>;
  errors: Partial<Record<Field | "form", string>>;
};

export const untouched: FormState<never> = { values: {}, errors: {} };

/** In the order of the page, for the summary. */
export const listErrors = <Field extends string>(
  state: FormState<Field>,
  order: readonly (Field | "form")[],
  ids: Partial<Record<Field | "form", string>> = {},
) =>
  order.flatMap((field) => {
    const message = state.errors[field];
    return message ? [{ id: ids[field] ?? field, message }] : [];
  });
