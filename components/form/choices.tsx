import type { ChangeEventHandler, ReactNode } from "react";
import { describedBy, FieldError } from "./field.tsx";

type ChoicesProps = {
  name: string;
  legend: ReactNode;
  /** `lang` where the words are of another language than the page. */
  options: readonly { value: string; label: string; lang?: string | undefined }[];
  defaultValue?: string | undefined;
  hint?: ReactNode;
  error?: string | undefined;
  onChange?: ChangeEventHandler<HTMLInputElement> | undefined;
};

/** One of a few, all in sight. The first choice carries `name` as its id, so that an error summary can lead to it. */
export function Choices({ name, legend, options, defaultValue, hint, error, onChange }: ChoicesProps) {
  return (
    <fieldset className={`field${error ? " has-error" : ""}`} {...describedBy(name, hint, error)}>
      <legend className="label">{legend}</legend>
      {hint && (
        <p className="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {error && <FieldError id={name}>{error}</FieldError>}
      <div className="choices">
        {options.map((option, place) => (
          <label className="choice" key={option.value} lang={option.lang}>
            <input
              type="radio"
              name={name}
              id={place === 0 ? name : `${name}-${option.value}`}
              value={option.value}
              defaultChecked={option.value === defaultValue}
              onChange={onChange}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
