/** HTML that may be sent as it stands. */
export class SafeHtml {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Piece = string | number | SafeHtml | readonly SafeHtml[] | undefined;

/** HTML in which everything that is put in is text, unless it was made here itself. */
export const html = (fixed: TemplateStringsArray, ...pieces: Piece[]): SafeHtml =>
  new SafeHtml(fixed.map((part, at) => part + asHtml(pieces[at])).join(""));

function asHtml(piece: Piece): string {
  if (piece === undefined) return "";
  if (piece instanceof SafeHtml) return piece.text;
  if (Array.isArray(piece)) return piece.map(({ text }: SafeHtml) => text).join("");
  return String(piece).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
