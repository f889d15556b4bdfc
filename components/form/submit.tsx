"use client";
import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { type ButtonLook, buttonClass } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";

type SubmitProps = ButtonLook & {
  children: ReactNode;
  /** What it says meanwhile: "Menghantar…" */
  busy: string;
  /** With a name and value, only the button that was pressed shows as busy. */
  name?: string | undefined;
  value?: string | undefined;
  className?: string | undefined;
};

/** Keeps its width while busy and refuses a second press. Without JavaScript a plain submit button. */
export function Submit({ children, busy, name, value, icon, className, ...look }: SubmitProps) {
  const { pending, data } = useFormStatus();
  const mine = pending && (name === undefined || data?.get(name) === value);
  return (
    <button
      type="submit"
      name={name}
      value={value}
      className={buttonClass(look, className)}
      aria-disabled={pending || undefined}
      aria-busy={mine || undefined}
      onClick={(press) => pending && press.preventDefault()}
    >
      <span className="swap">
        <span className={mine ? "hid" : undefined}>
          {icon && <Icon name={icon} small />}
          {children}
        </span>
        <span className={mine ? undefined : "hid"} aria-hidden={!mine}>
          <i className="spin" />
          {busy}
        </span>
      </span>
    </button>
  );
}
