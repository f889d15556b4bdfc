"use client";
import type { ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Field } from "#components/form/field.tsx";
import { AdminForm } from "../../../admin-form.tsx";
import type { AdminState } from "../../../admin-state.ts";
import { ShownSecret, type ShownSecretWords } from "../../form/shown-secret.tsx";
import { makeSecret, type SecretState } from "./actions.ts";

type SecretFormProps = {
  partyId: string;
  version: number;
  /** In days, as it is offered; null where there is no older one. */
  overlap: number | null;
  begin: AdminState<"overlap">;
  words: { overlap: string; overlapHint: string; save: string; saving: string; cancel: string };
  shown: ShownSecretWords;
  cancelTo: string;
  summary: ErrorSummaryProps["words"];
};

export function SecretForm({ partyId, overlap, words, shown, cancelTo, ...form }: SecretFormProps) {
  return (
    <AdminForm<"overlap">
      action={makeSecret}
      order={["overlap"]}
      words={words}
      cancel={{ href: cancelTo, words: words.cancel }}
      instead={(state) => {
        const given = (state as SecretState).shown;
        return given && <ShownSecret shown={given} words={shown} />;
      }}
      {...form}
    >
      {({ values, errors }) => (
        <>
          <input type="hidden" name="party" value={partyId} />
          {overlap === null ? (
            <input type="hidden" name="overlap" value="0" />
          ) : (
            <Field
              name="overlap"
              inputMode="numeric"
              width="code"
              autoComplete="off"
              label={words.overlap}
              hint={words.overlapHint}
              defaultValue={values.overlap ?? String(overlap)}
              error={errors.overlap}
            />
          )}
        </>
      )}
    </AdminForm>
  );
}
