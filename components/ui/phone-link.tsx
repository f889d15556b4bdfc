import { Icon } from "./icon.tsx";

/** `03-0000 1234` as phones dial it from anywhere: `tel:+60300001234`. Numbers that already carry a country keep it. */
export function telephoneHref(phone: string): string {
  const digits = phone.replace(/[^\d+]/g, "");
  return `tel:${digits.startsWith("0") ? `+60${digits.slice(1)}` : digits}`;
}

export type PhoneLinkProps = { phone: string; plain?: boolean };

export function PhoneLink({ phone, plain }: PhoneLinkProps) {
  return (
    <a className="tel" href={telephoneHref(phone)}>
      {!plain && <Icon name="phone" small />}
      {phone}
    </a>
  );
}
