"use client";
import { type Check, Checks } from "#components/form/checks.tsx";
import type { ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { AdminForm } from "../../../admin-form.tsx";
import type { AdminState } from "../../../admin-state.ts";
import { saveWhom } from "./actions.ts";
import { type WhomField, whomFields } from "./fields.ts";

type WhomFormProps = {
  campaignId: string;
  /** Values apart by blanks. */
  now: Record<WhomField, string>;
  version: number;
  readOnly: boolean;
  begin: AdminState<WhomField>;
  options: Record<WhomField, readonly Check[]>;
  words: Record<WhomField | `${WhomField}Hint` | "noRoles" | "noIctRoles" | "save" | "saving" | "cancel", string>;
  cancelTo: string;
  summary: ErrorSummaryProps["words"];
};

const none: Record<WhomField, "noRoles" | "noIctRoles"> = {
  roles: "noRoles",
  ictRoles: "noIctRoles",
  requirements: "noRoles",
};

export function WhomForm({ campaignId, now, options, words, cancelTo, ...form }: WhomFormProps) {
  return (
    <AdminForm<WhomField>
      action={saveWhom}
      order={whomFields}
      words={words}
      cancel={{ href: cancelTo, words: words.cancel }}
      {...form}
    >
      {({ values, errors }) => (
        <>
          <input type="hidden" name="campaign" value={campaignId} />
          {whomFields.map((name) => (
            <Checks
              key={name}
              name={name}
              legend={words[name]}
              hint={options[name].length > 0 ? words[`${name}Hint`] : words[none[name]]}
              options={options[name]}
              chosen={(values[name] ?? now[name]).split(" ").filter(Boolean)}
              error={errors[name]}
            />
          ))}
        </>
      )}
    </AdminForm>
  );
}
