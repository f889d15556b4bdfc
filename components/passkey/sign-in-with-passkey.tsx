"use client";
import type { ReactNode } from "react";
import { PasskeyForm, type PasskeyFormProps } from "./passkey-form.tsx";

type SignInWithPasskeyProps = PasskeyFormProps & {
  /** Of the button, and what stands in it. */
  className: string;
  children: ReactNode;
};

/** A plain button that signs in with a passkey. */
export function SignInWithPasskey({ children, ...form }: SignInWithPasskeyProps) {
  return <PasskeyForm {...form} face={() => children} />;
}
