"use client";
import type { ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Field } from "#components/form/field.tsx";
import { AdminForm } from "../../../admin-form.tsx";
import type { AdminState } from "../../../admin-state.ts";
import { saveRole } from "./actions.ts";
import { type RoleField, roleFields } from "./fields.ts";

type RoleFormProps = {
  partyId: string;
  /** Empty for a new one. */
  roleId: string;
  now: Record<RoleField, string>;
  /** Of the system, which grows with whatever is changed of it. */
  version: number;
  begin: AdminState<RoleField>;
  words: Record<RoleField | "keyHint" | "save" | "saving" | "cancel", string>;
  cancelTo: string;
  summary: ErrorSummaryProps["words"];
};

export function RoleForm({ partyId, roleId, now, words, cancelTo, ...form }: RoleFormProps) {
  return (
    <AdminForm<RoleField>
      action={saveRole}
      order={roleFields}
      words={words}
      cancel={{ href: cancelTo, words: words.cancel }}
      {...form}
    >
      {({ values, errors }) => (
        <>
          <input type="hidden" name="party" value={partyId} />
          <input type="hidden" name="role" value={roleId} />
          {roleId === "" ? (
            <Field
              name="key"
              className="party-code"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              label={words.key}
              hint={words.keyHint}
              defaultValue={values.key ?? now.key}
              error={errors.key}
            />
          ) : (
            <div className="field">
              <input type="hidden" name="key" value={now.key} />
              <p className="label">{words.key}</p>
              <p>
                <code className="party-code">{now.key}</code>
              </p>
            </div>
          )}
          {(["nameMs", "nameEn"] as const).map((name) => (
            <Field
              key={name}
              name={name}
              lang={name === "nameMs" ? "ms" : "en"}
              autoComplete="off"
              label={words[name]}
              defaultValue={values[name] ?? now[name]}
              error={errors[name]}
            />
          ))}
        </>
      )}
    </AdminForm>
  );
}
