"use client";
import { useState } from "react";
import { describedBy, FieldFrame, type FieldProps } from "./field.tsx";

type CodeFieldProps = Omit<FieldProps, "width" | "defaultValue" | "value" | "type"> & {
  digits: 6 | 8;
  centered?: boolean;
  defaultValue?: string | undefined;
};

/** One field for the whole code. Spaces and dashes of a pasted code fall away here, and again on the server. */
export function CodeField({
  name,
  label,
  hint,
  error,
  id = name,
  digits,
  centered,
  wrapperClassName,
  className,
  defaultValue,
  ...input
}: CodeFieldProps) {
  const [at, setAt] = useState(defaultValue?.length ?? 0);
  const place = Math.min(at, digits - 1);
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} className={wrapperClassName}>
      <div className={`code code-${digits}${centered ? " code-center" : ""}`} data-at={place}>
        <div className="cells" aria-hidden>
          {Array.from({ length: digits }, (_, cell) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the cells are drawn, alike and never reordered
            <i key={cell} />
          ))}
        </div>
        <input
          id={id}
          name={name}
          inputMode="numeric"
          defaultValue={defaultValue}
          autoComplete="one-time-code"
          spellCheck={false}
          onInput={(typed) => {
            const field = typed.currentTarget;
            const code = field.value.replace(/\D/g, "").slice(0, digits);
            if (code !== field.value) field.value = code;
            setAt(code.length);
          }}
          {...describedBy(id, hint, error)}
          {...input}
        />
      </div>
    </FieldFrame>
  );
}
