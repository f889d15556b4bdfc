import type { ComponentProps, ReactNode } from "react";
import { describedBy, FieldFrame } from "./field.tsx";

type SelectFieldProps = Omit<ComponentProps<"select">, "id" | "children"> & {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  /** `name` when absent. */
  id?: string | undefined;
  /** First, with the empty value: "Pilih pejabat". */
  placeholder?: string | undefined;
  options: readonly { value: string; label: string }[];
  wrapperClassName?: string | undefined;
};

export function SelectField({
  name,
  label,
  hint,
  error,
  id = name,
  placeholder,
  options,
  wrapperClassName,
  ...select
}: SelectFieldProps) {
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} className={wrapperClassName}>
      <select id={id} name={name} className="input" {...describedBy(id, hint, error)} {...select}>
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}
