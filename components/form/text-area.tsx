import type { ComponentProps, ReactNode } from "react";
import { describedBy, FieldFrame } from "./field.tsx";

type TextAreaProps = Omit<ComponentProps<"textarea">, "id"> & {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
};

/** A few sentences. */
export function TextArea({ name, label, hint, error, className, ...area }: TextAreaProps) {
  return (
    <FieldFrame id={name} label={label} hint={hint} error={error}>
      <textarea
        id={name}
        name={name}
        rows={3}
        className={`input${className ? ` ${className}` : ""}`}
        {...describedBy(name, hint, error)}
        {...area}
      />
    </FieldFrame>
  );
}
