"use client";
import type { ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Field } from "#components/form/field.tsx";
import { TextArea } from "#components/form/text-area.tsx";
import { AdminForm } from "../../admin-form.tsx";
import type { AdminState } from "../../admin-state.ts";
import { saveAbout } from "./about-actions.ts";
import { type AboutField, aboutFields } from "./about-fields.ts";

type AboutFormProps = {
  /** Empty for a new one. */
  campaignId: string;
  now: Record<AboutField, string>;
  version: number;
  readOnly: boolean;
  /** People were told: contacts alone can be changed. */
  isTold: boolean;
  begin: AdminState<AboutField>;
  words: Record<AboutField | "reasonHint" | "authorityHint" | "contactsHint" | "save" | "saving" | "cancel", string>;
  cancelTo: string;
  summary: ErrorSummaryProps["words"];
};

export function AboutForm({ campaignId, now, isTold, words, cancelTo, ...form }: AboutFormProps) {
  return (
    <AdminForm<AboutField>
      action={saveAbout}
      order={aboutFields}
      words={words}
      cancel={{ href: cancelTo, words: words.cancel }}
      {...form}
    >
      {({ values, errors }) => {
        const of = (name: AboutField) => ({
          name,
          label: words[name],
          defaultValue: values[name] ?? now[name],
          error: errors[name],
          autoComplete: "off",
          readOnly: isTold && name !== "contacts",
        });
        return (
          <>
            <input type="hidden" name="campaign" value={campaignId} />
            <Field {...of("nameMs")} lang="ms" />
            <Field {...of("nameEn")} lang="en" />
            <TextArea {...of("reasonMs")} lang="ms" rows={4} hint={words.reasonHint} />
            <TextArea {...of("reasonEn")} lang="en" rows={4} hint={words.reasonHint} />
            <Field {...of("authority")} hint={words.authorityHint} />
            <TextArea {...of("contacts")} hint={words.contactsHint} />
          </>
        );
      }}
    </AdminForm>
  );
}
