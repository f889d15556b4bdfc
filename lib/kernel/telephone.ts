/** `03-0000 1234` as phones dial it from anywhere: `tel:+60300001234`. Numbers that already carry a country keep it. */
export function telephoneHref(phone: string): string {
  const digits = phone.replace(/[^\d+]/g, "");
  return `tel:${digits.startsWith("0") ? `+60${digits.slice(1)}` : digits}`;
}
