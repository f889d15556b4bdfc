"use client";
import type { ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Field } from "#components/form/field.tsx";
import { AdminForm } from "../admin-form.tsx";
import type { AdminState } from "../admin-state.ts";
import { saveQuestion } from "./actions.ts";

export type QuestionField = "textMs" | "textEn";

type QuestionFormProps = {
  /** Empty for a new one. */
  questionId: string;
  now: Record<QuestionField, string>;
  readOnly: boolean;
  begin: AdminState<QuestionField>;
  words: Record<"textMs" | "textEn" | "save" | "saving" | "cancel", string>;
  summary: ErrorSummaryProps["words"];
};

export function QuestionForm({ questionId, now, words, ...form }: QuestionFormProps) {
  return (
    <AdminForm<QuestionField>
      action={saveQuestion}
      order={["textMs", "textEn"]}
      version={0}
      words={words}
      cancel={{ href: "/admin/questions", words: words.cancel }}
      {...form}
    >
      {({ values, errors }) => (
        <>
          <input type="hidden" name="question" value={questionId} />
          <input type="hidden" name="wasMs" value={now.textMs} />
          <input type="hidden" name="wasEn" value={now.textEn} />
          {(["textMs", "textEn"] as const).map((name) => (
            <Field
              key={name}
              name={name}
              label={words[name]}
              autoComplete="off"
              lang={name === "textMs" ? "ms" : "en"}
              defaultValue={values[name] ?? now[name]}
              error={errors[name]}
            />
          ))}
        </>
      )}
    </AdminForm>
  );
}
