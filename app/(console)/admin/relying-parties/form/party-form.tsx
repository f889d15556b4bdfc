"use client";
import type { ReactNode } from "react";
import type { ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { AdminForm } from "../../admin-form.tsx";
import type { AdminState } from "../../admin-state.ts";
import { saveParty } from "../actions.ts";
import { type PartyField, type PartyValues, partyFields } from "./fields.ts";
import { PartyFields, type PartyWords } from "./party-fields.tsx";
import type { PartyState } from "./party-state.ts";
import { ShownSecret, type ShownSecretWords } from "./shown-secret.tsx";

type PartyFormProps = {
  /** Empty for a new one. */
  partyId: string;
  now: PartyValues;
  version: number;
  readOnly: boolean;
  begin: AdminState<PartyField>;
  words: PartyWords & { save: string; saving: string; cancel: string };
  shown: ShownSecretWords;
  cancelTo: string;
  summary: ErrorSummaryProps["words"];
};

export function PartyForm({ partyId, now, words, shown, cancelTo, ...form }: PartyFormProps) {
  const instead = (state: AdminState<PartyField>): ReactNode => {
    const given = (state as PartyState).shown;
    return given && <ShownSecret shown={given} words={shown} />;
  };
  return (
    <AdminForm<PartyField>
      action={saveParty}
      order={partyFields}
      words={words}
      cancel={{ href: cancelTo, words: words.cancel }}
      instead={instead}
      {...form}
    >
      {({ values, errors }) => (
        <>
          <input type="hidden" name="party" value={partyId} />
          <PartyFields values={{ ...now, ...values }} errors={errors} words={words} />
        </>
      )}
    </AdminForm>
  );
}
