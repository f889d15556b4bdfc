import type { ComponentProps, ReactNode } from "react";
import { Icon } from "../ui/icon.tsx";

type FieldFrameProps = {
  /** Of the control; what the error summary links to. */
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  className?: string | undefined;
  children: ReactNode;
};

/** Label, hint, error, control: a person hears what is wrong before typing. */
export function FieldFrame({ id, label, hint, error, className, children }: FieldFrameProps) {
  return (
    <div className={`field${error ? " has-error" : ""}${className ? ` ${className}` : ""}`}>
      <label className="label" htmlFor={id}>
        {label}
      </label>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && <FieldError id={id}>{error}</FieldError>}
      {children}
    </div>
  );
}

export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <p className="error" id={`${id}-error`}>
      <Icon name="warn" small />
      <span>{children}</span>
    </p>
  );
}

/** Ties a control to its hint and error. */
export function describedBy(id: string, hint: unknown, error: string | undefined) {
  const ids = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return { ...(ids && { "aria-describedby": ids }), ...(error && { "aria-invalid": true as const }) };
}

export type FieldProps = Omit<ComponentProps<"input">, "id"> & {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  /** `name` when absent. */
  id?: string | undefined;
  /** How long the answer is: `id` for an identity number, `code` for a code; the whole column when absent. */
  width?: "id" | "code" | undefined;
  /** Of the whole field, such as `for-mykad`. */
  wrapperClassName?: string | undefined;
};

export function Field({
  name,
  label,
  hint,
  error,
  id = name,
  width,
  wrapperClassName,
  className,
  ...input
}: FieldProps) {
  const classes = `input${width ? ` num w-${width}` : ""}${className ? ` ${className}` : ""}`;
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} className={wrapperClassName}>
      <input id={id} name={name} className={classes} {...describedBy(id, hint, error)} {...input} />
    </FieldFrame>
  );
}
