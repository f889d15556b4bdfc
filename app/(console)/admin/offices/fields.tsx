import type { AdminState } from "#app/(console)/admin/admin-state.ts";
import { Field } from "#components/form/field.tsx";
import { TextArea } from "#components/form/text-area.tsx";

export type OfficeField = "code" | "name" | "address" | "domains";
export const officeFields = ["code", "name", "address", "domains"] as const satisfies readonly OfficeField[];

export type OfficeWords = Record<
  "code" | "codeHint" | "name" | "nameHint" | "address" | "addressHint" | "ownDomains" | "ownDomainsHint",
  string
>;

type OfficeFieldsProps = {
  state: AdminState<OfficeField>;
  now: Record<OfficeField, string>;
  words: OfficeWords;
};

/** What an office is known by, the same for a new one and one that is changed. */
export function OfficeFields({ state: { values, errors }, now, words }: OfficeFieldsProps) {
  return (
    <>
      <Field
        name="code"
        width="code"
        label={words.code}
        hint={words.codeHint}
        autoComplete="off"
        autoCapitalize="characters"
        defaultValue={values.code ?? now.code}
        error={errors.code}
      />
      <Field
        name="name"
        label={words.name}
        hint={words.nameHint}
        autoComplete="off"
        defaultValue={values.name ?? now.name}
        error={errors.name}
      />
      <TextArea
        name="address"
        label={words.address}
        hint={words.addressHint}
        defaultValue={values.address ?? now.address}
        error={errors.address}
      />
      <TextArea
        name="domains"
        label={words.ownDomains}
        hint={words.ownDomainsHint}
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={values.domains ?? now.domains}
        error={errors.domains}
      />
    </>
  );
}
