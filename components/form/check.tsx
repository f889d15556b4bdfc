import type { ComponentProps, ReactNode } from "react";
import { describedBy, FieldError } from "./field.tsx";

export type CheckProps = Omit<ComponentProps<"input">, "type" | "id"> & {
  name: string;
  label: ReactNode;
  error?: string | undefined;
  id?: string | undefined;
};

export function Check({ name, label, error, id = name, ...input }: CheckProps) {
  return (
    <div className={`field${error ? " has-error" : ""}`}>
      {error && <FieldError id={id}>{error}</FieldError>}
      <label className="check">
        <input type="checkbox" id={id} name={name} {...describedBy(id, null, error)} {...input} />
        {label}
      </label>
    </div>
  );
}
