import type { Db, Tx } from "#db/client.ts";
import { securityQuestion } from "#db/schema/authenticators.ts";

/**
 * The questions an agency starts with. None is about the father, whose name is in the person's own, about dates, or about what
 * an office knows of its people; the first three are those that staff know from the systems before this one.
 * An id never changes its meaning: answers are kept under it.
 */
export const questionBank = [
  { id: "mother_name", textMs: "Nama ibu?", textEn: "Your mother’s name?" },
  { id: "first_school", textMs: "Nama sekolah pertama anda?", textEn: "The name of your first school?" },
  { id: "first_car", textMs: "Kereta pertama anda?", textEn: "Your first car?" },
  {
    id: "memorable_teacher",
    textMs: "Siapakah nama guru yang paling anda ingati?",
    textEn: "What is the name of the teacher you remember best?",
  },
  {
    id: "disliked_food",
    textMs: "Apakah makanan yang anda paling tidak suka semasa kecil?",
    textEn: "What food did you dislike most as a child?",
  },
  {
    id: "mother_hometown",
    textMs: "Di pekan manakah ibu anda dibesarkan?",
    textEn: "In which town did your mother grow up?",
  },
  {
    id: "childhood_friend",
    textMs: "Siapakah nama kawan baik anda semasa kecil?",
    textEn: "What is the name of your best friend as a child?",
  },
  {
    id: "first_pet",
    textMs: "Apakah nama haiwan peliharaan pertama anda?",
    textEn: "What was the name of your first pet?",
  },
  {
    id: "childhood_street",
    textMs: "Apakah nama jalan atau kampung tempat anda membesar?",
    textEn: "What is the name of the street or village where you grew up?",
  },
  { id: "first_job", textMs: "Di manakah anda mula-mula bekerja?", textEn: "Where was your first job?" },
  {
    id: "childhood_dream",
    textMs: "Apakah cita-cita anda semasa kecil?",
    textEn: "What did you want to become as a child?",
  },
  {
    id: "first_trip",
    textMs: "Ke manakah percutian pertama yang anda ingati?",
    textEn: "Where was the first holiday you remember?",
  },
  {
    id: "childhood_nickname",
    textMs: "Apakah nama panggilan anda semasa kecil?",
    textEn: "What were you called at home as a child?",
  },
  {
    id: "grandmother_dish",
    textMs: "Apakah masakan nenek yang paling anda gemari?",
    textEn: "Which dish of your grandmother’s did you like best?",
  },
  {
    id: "first_book",
    textMs: "Apakah buku pertama yang anda baca sampai habis?",
    textEn: "What was the first book you read to the end?",
  },
  {
    id: "first_phone",
    textMs: "Apakah model telefon bimbit pertama anda?",
    textEn: "What model was your first mobile phone?",
  },
] as const satisfies readonly { id: string; textMs: string; textEn: string }[];

/** Fills the bank; may be run again. What an administrator has reworded or retired stays as it is. */
export async function seedQuestionBank(db: Db | Tx): Promise<void> {
  await db
    .insert(securityQuestion)
    .values([...questionBank])
    .onConflictDoNothing();
}
