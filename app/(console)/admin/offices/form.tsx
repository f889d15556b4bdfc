"use client";
import type { ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { AdminForm } from "../admin-form.tsx";
import type { AdminState } from "../admin-state.ts";
import { saveOffice } from "./actions.ts";
import { type OfficeField, OfficeFields, type OfficeWords, officeFields } from "./fields.tsx";

type OfficeFormProps = {
  /** Empty for a new one. */
  officeId: string;
  now: Record<OfficeField, string>;
  version: number;
  readOnly: boolean;
  begin: AdminState<OfficeField>;
  words: OfficeWords & { save: string; saving: string; cancel: string };
  summary: ErrorSummaryProps["words"];
};

export function OfficeForm({ officeId, now, words, ...form }: OfficeFormProps) {
  return (
    <AdminForm<OfficeField>
      action={saveOffice}
      order={officeFields}
      words={words}
      cancel={{ href: "/admin/offices", words: words.cancel }}
      {...form}
    >
      {(state) => (
        <>
          <input type="hidden" name="office" value={officeId} />
          <OfficeFields state={state} now={now} words={words} />
        </>
      )}
    </AdminForm>
  );
}
