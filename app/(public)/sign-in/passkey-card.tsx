import { getTranslations } from "next-intl/server";
import { type MethodLook, MethodOff } from "#components/ui/method-card.tsx";

/** Biometrics of this device, or of a phone by QR code. */
export async function PasskeyCard({ look }: { method: "passkey" | "otherDevice"; look: MethodLook }) {
  const t = await getTranslations("method");
  return <MethodOff {...look} say={t("notYet")} badge={undefined} />;
}
