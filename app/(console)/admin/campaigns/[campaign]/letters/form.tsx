"use client";
import type { ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Field } from "#components/form/field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { TextArea } from "#components/form/text-area.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { AdminForm } from "../../../admin-form.tsx";
import type { AdminState } from "../../../admin-state.ts";
import { saveLetters } from "./actions.ts";
import { type LetterField, letterFields, letterKinds, letterLanguages } from "./fields.ts";

/** `preview`: how the letters read with what was typed, not saved. */
export type LettersState = AdminState<LetterField> & {
  preview?: readonly { id: string; name: string; lang: string; text: string }[];
};

type LettersFormProps = {
  campaignId: string;
  now: Record<LetterField, string>;
  version: number;
  readOnly: boolean;
  begin: LettersState;
  words: Record<
    | (typeof letterKinds)[number]
    | `${(typeof letterKinds)[number]}Text`
    | "subjectMs"
    | "subjectEn"
    | "bodyMs"
    | "bodyEn"
    | "bodyHint"
    | "preview"
    | "previewing"
    | "previewHeading"
    | "save"
    | "saving"
    | "cancel",
    string
  >;
  cancelTo: string;
  summary: ErrorSummaryProps["words"];
};

export function LettersForm({ campaignId, now, words, cancelTo, ...form }: LettersFormProps) {
  return (
    <AdminForm<LetterField>
      action={saveLetters}
      order={letterFields}
      words={words}
      cancel={{ href: cancelTo, words: words.cancel }}
      more={
        <Submit variant="second" busy={words.previewing} name="intent" value="preview">
          {words.preview}
        </Submit>
      }
      {...form}
    >
      {(state) => {
        const { values, errors, preview } = state as LettersState;
        const of = (name: LetterField) => ({
          name,
          defaultValue: values[name] ?? now[name],
          error: errors[name],
          autoComplete: "off",
        });
        return (
          <>
            <input type="hidden" name="campaign" value={campaignId} />
            {preview && (
              <div className="definition-preview" role="status">
                <p className="label">{words.previewHeading}</p>
                {preview.map(({ id, name, lang, text }, place) => (
                  <details key={id} open={place === 0}>
                    <summary>
                      {name}
                      <Icon name="down" />
                    </summary>
                    <pre lang={lang}>{text}</pre>
                  </details>
                ))}
              </div>
            )}
            {letterKinds.map((kind) => (
              <section key={kind} className="definition-letter" aria-labelledby={`of-${kind}`}>
                <h2 className="h3" id={`of-${kind}`}>
                  {words[kind]}
                </h2>
                <p>{words[`${kind}Text`]}</p>
                {letterLanguages.map((lang) => {
                  const [subject, body] = lang === "ms" ? ["subjectMs", "bodyMs"] : ["subjectEn", "bodyEn"];
                  return (
                    <div key={lang}>
                      <Field
                        {...of(`${kind}.${subject}` as LetterField)}
                        label={words[subject as "subjectMs"]}
                        lang={lang}
                      />
                      <TextArea
                        {...of(`${kind}.${body}` as LetterField)}
                        label={words[body as "bodyMs"]}
                        hint={words.bodyHint}
                        lang={lang}
                        rows={7}
                      />
                    </div>
                  );
                })}
              </section>
            ))}
          </>
        );
      }}
    </AdminForm>
  );
}
