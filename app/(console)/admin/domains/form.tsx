"use client";
import type { ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { TextArea } from "#components/form/text-area.tsx";
import { AdminForm } from "../admin-form.tsx";
import type { AdminState } from "../admin-state.ts";
import { saveDomains } from "./actions.ts";

type DomainsFormProps = {
  now: string;
  version: number;
  readOnly: boolean;
  begin: AdminState<"domains">;
  words: Record<"label" | "hint" | "save" | "saving", string>;
  summary: ErrorSummaryProps["words"];
};

export function DomainsForm({ now, words, ...form }: DomainsFormProps) {
  return (
    <AdminForm<"domains"> action={saveDomains} order={["domains"]} words={words} {...form}>
      {({ values, errors }) => (
        <TextArea
          name="domains"
          label={words.label}
          hint={words.hint}
          rows={6}
          autoCapitalize="none"
          spellCheck={false}
          defaultValue={values.domains ?? now}
          error={errors.domains}
        />
      )}
    </AdminForm>
  );
}
