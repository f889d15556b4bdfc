"use client";
import { MethodFace, type MethodLook, methodClass } from "../ui/method-card.tsx";
import { PasskeyForm, type PasskeyFormProps } from "./passkey-form.tsx";

type PasskeyMethodProps = PasskeyFormProps & {
  look: MethodLook;
  /** The card's line where this browser, or this machine, cannot. */
  cannot: Record<"no_browser" | "not_here", string>;
};

/** A method's card: "Biometrik" on this device, "Peranti lain" by QR code. */
export function PasskeyMethod({ look, cannot, ...form }: PasskeyMethodProps) {
  return (
    <PasskeyForm
      {...form}
      tells
      className={methodClass(look.badge !== undefined)}
      face={(standing) => (
        // What cannot be used here is not recommended.
        <MethodFace
          {...look}
          {...((standing === "no_browser" || standing === "not_here") && { say: cannot[standing], badge: undefined })}
        />
      )}
    />
  );
}
