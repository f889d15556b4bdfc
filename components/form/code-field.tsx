"use client";
import { useEffect, useRef, useState } from "react";
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
  ...rest
}: CodeFieldProps) {
  const kept = defaultValue?.length ?? 0;
  const [at, setAt] = useState(kept);
  const input = useRef<HTMLInputElement>(null);
  // React empties a form whose action has answered; the drawn cells follow.
  useEffect(() => {
    const form = input.current?.form;
    const follow = () => setAt(kept);
    form?.addEventListener("reset", follow);
    return () => form?.removeEventListener("reset", follow);
  }, [kept]);
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
          ref={input}
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
          {...rest}
        />
      </div>
    </FieldFrame>
  );
}
