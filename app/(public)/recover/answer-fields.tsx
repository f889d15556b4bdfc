import { describedBy, Field, FieldError } from "#components/form/field.tsx";

export type AnswerFieldsProps = {
  /** In the reader's language. */
  questions: readonly { id: string; text: string }[];
  words: { legend: string; hint: string };
  error?: string | undefined;
};

/** The name of the field below a question. */
export const answerField = (questionId: string): string => `answer.${questionId}`;

/**
 * The security questions of an account, all of them, each with a field. Nothing typed is given back, and which answer was
 * wrong is told to nobody: what is wrong concerns them together.
 */
export function AnswerFields({ questions, words, error }: AnswerFieldsProps) {
  return (
    <fieldset id="answers" tabIndex={-1} className={`field${error ? " has-error" : ""}`} {...described(words, error)}>
      <legend className="label">{words.legend}</legend>
      <p className="hint" id="answers-hint">
        {words.hint}
      </p>
      {error && <FieldError id="answers">{error}</FieldError>}
      {questions.map(({ id, text }) => (
        <Field
          key={id}
          name={answerField(id)}
          label={text}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          aria-invalid={error ? true : undefined}
        />
      ))}
    </fieldset>
  );
}

const described = (words: AnswerFieldsProps["words"], error: string | undefined) => {
  const { "aria-describedby": ids } = describedBy("answers", words.hint, error);
  return { "aria-describedby": ids };
};
