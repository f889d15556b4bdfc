import type { ReactNode } from "react";
import { describedBy, FieldError } from "./field.tsx";

export type Check = { value: string; label: ReactNode; note?: string | undefined };
type ChecksProps = {
  name: string;
  legend: ReactNode;
  options: readonly Check[];
  /** The values of those that are ticked. */
  chosen: readonly string[];
  hint?: ReactNode;
  error?: string | undefined;
};

/** Any of several, all in sight. The first carries `name` as its id, so that an error summary can lead to it. */
export function Checks({ name, legend, options, chosen, hint, error }: ChecksProps) {
  const ticked = new Set(chosen);
  return (
    // A form is reset after each answer: with what was chosen in its key it is made anew.
    <fieldset
      key={`${name} ${chosen.join(" ")}`}
      className={`field${error ? " has-error" : ""}`}
      {...describedBy(name, hint, error)}
    >
      <legend className="label">{legend}</legend>
      {hint && (
        <p className="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {error && <FieldError id={name}>{error}</FieldError>}
      <div className="choices checks">
        {options.map(({ value, label, note }, place) => (
          <label className="choice" key={value}>
            <input
              type="checkbox"
              name={name}
              id={place === 0 ? name : `${name}-${value}`}
              value={value}
              defaultChecked={ticked.has(value)}
            />
            <span>
              {label}
              {note && <span className="muted"> · {note}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
