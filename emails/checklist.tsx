import { type Frame, Layout } from "./layout.tsx";
import { type Call, Checklist, MainButton, Note, Paragraphs, PlainLink, Rule, Words } from "./parts.tsx";

export type ChecklistLetterProps = {
  frame: Frame;
  preview: string;
  heading: string;
  greeting: string;
  /** Paragraphs of lines, in the sender's own words. */
  body: readonly (readonly string[])[];
  when: string;
  /** With nothing in it, a list is left out. */
  lists: readonly { title: string; items: readonly string[] }[];
  next: string;
  button: { words: string; href: string };
  plainLink: { title: string; text: string };
  notes: readonly { title: string; text: string }[];
  notYou: { title: string; text: string; call: Call };
};

/** What its sender has to say, what is left to do by when, and where. */
export function ChecklistLetter(props: ChecklistLetterProps) {
  return (
    <Layout frame={props.frame} preview={props.preview} heading={props.heading}>
      <Words>{props.greeting}</Words>
      <Paragraphs paragraphs={props.body} />
      <Words>
        <strong>{props.when}</strong>
      </Words>
      {props.lists
        .filter(({ items }) => items.length > 0)
        .map((list) => (
          <Checklist key={list.title} {...list} />
        ))}
      <Words>{props.next}</Words>
      <MainButton href={props.button.href}>{props.button.words}</MainButton>
      <PlainLink {...props.plainLink} href={props.button.href} />
      <Rule />
      {props.notes.map((note) => (
        <Note key={note.title} {...note} />
      ))}
      <Note {...props.notYou} />
    </Layout>
  );
}
