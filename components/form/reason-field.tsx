import { Field } from "./field.tsx";

export type ReasonWords = { label: string; hint: string; usual: readonly string[] };

/** Why an officer does something. What is often written is offered; anything may be. */
export function ReasonField({
  words,
  error,
  typed,
  name = "reason",
}: {
  words: ReasonWords;
  error?: string | undefined;
  typed?: string | undefined;
  name?: string;
}) {
  return (
    <>
      <Field
        name={name}
        label={words.label}
        hint={words.hint}
        error={error}
        defaultValue={typed}
        list={`${name}-usual`}
        maxLength={500}
        autoComplete="off"
        required
      />
      <datalist id={`${name}-usual`}>
        {words.usual.map((usual) => (
          <option key={usual} value={usual} />
        ))}
      </datalist>
    </>
  );
}
