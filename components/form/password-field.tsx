"use client";
import { type ReactNode, useState } from "react";
import { useNeedsScript } from "../ui/use-hydrated.ts";
import { Field, type FieldProps } from "./field.tsx";

type ShowPasswordProps = { label: ReactNode; shown: boolean; onShown: (shown: boolean) => void; id?: string };

/** "Tunjuk kata laluan". Of no use without JavaScript, so it is not there then. */
export function ShowPassword({ label, shown, onShown, id }: ShowPasswordProps) {
  return (
    <label className={`check ${useNeedsScript()}`}>
      <input type="checkbox" id={id} checked={shown} onChange={(change) => onShown(change.currentTarget.checked)} />
      {label}
    </label>
  );
}

type PasswordFieldProps = Omit<FieldProps, "type"> & {
  /** The words of its own switch. Leave out where one switch serves two fields, and give `shown` instead. */
  showLabel?: string | undefined;
  shown?: boolean | undefined;
};

/** Never filled in again by the server. Pasting and password managers are welcome. */
export function PasswordField({ showLabel, shown, ...field }: PasswordFieldProps) {
  const [own, setOwn] = useState(false);
  return (
    <>
      <Field
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        autoComplete="current-password"
        {...field}
        type={(shown ?? own) ? "text" : "password"}
      />
      {showLabel && <ShowPassword label={showLabel} shown={own} onShown={setOwn} />}
    </>
  );
}
