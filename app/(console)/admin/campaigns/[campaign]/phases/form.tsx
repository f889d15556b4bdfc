"use client";
import { type Check, Checks } from "#components/form/checks.tsx";
import type { ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Field } from "#components/form/field.tsx";
import { AdminForm } from "../../../admin-form.tsx";
import type { AdminState } from "../../../admin-state.ts";
import { savePhaseOf } from "./actions.ts";
import { type PhaseField, phaseFields } from "./fields.ts";

type PhaseFormProps = {
  campaignId: string;
  /** Empty for a new one. */
  phaseId: string;
  /** Offices by their ids, apart by blanks. */
  now: Record<PhaseField, string>;
  version: number;
  readOnly: boolean;
  /** Its first day stays as it is. */
  hasBegun: boolean;
  begin: AdminState<PhaseField>;
  offices: readonly Check[];
  words: Record<PhaseField | "officesHint" | "save" | "saving" | "cancel", string>;
  cancelTo: string;
  summary: ErrorSummaryProps["words"];
};

export function PhaseForm({ campaignId, phaseId, now, hasBegun, offices, words, cancelTo, ...form }: PhaseFormProps) {
  return (
    <AdminForm<PhaseField>
      action={savePhaseOf}
      order={phaseFields}
      words={words}
      cancel={{ href: cancelTo, words: words.cancel }}
      {...form}
    >
      {({ values, errors }) => {
        const day = (name: "fromDay" | "untilDay") => ({
          name,
          type: "date",
          label: words[name],
          defaultValue: values[name] ?? now[name],
          error: errors[name],
        });
        return (
          <>
            <input type="hidden" name="campaign" value={campaignId} />
            <input type="hidden" name="phase" value={phaseId} />
            <div className="admin-pair">
              <Field {...day("fromDay")} readOnly={hasBegun} />
              <Field {...day("untilDay")} />
            </div>
            <Checks
              name="offices"
              legend={words.offices}
              hint={words.officesHint}
              options={offices}
              chosen={(values.offices ?? now.offices).split(" ").filter(Boolean)}
              error={errors.offices}
            />
          </>
        );
      }}
    </AdminForm>
  );
}
