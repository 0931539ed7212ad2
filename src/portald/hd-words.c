/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hd-words.h"

#include <libsoup/soup.h>

/*
 * The sentences that the portal itself says, in both its languages.
 *
 * gettext has one language for the process; a server answers each person in
 * theirs.  A few sentences do not need more than a table.
 */
static const struct
{
  const char *english;
  const char *ukrainian;
} words[] = {
  { "The request is malformed.", "Запит сформовано неправильно." },
  { "The user name or the password is wrong.", "Ім’я користувача або пароль неправильні." },
  { "Sign in to continue.", "Увійдіть, щоб продовжити." },
  { "You may not do this.", "Вам не дозволено це робити." },
  { "There is no such thing here.", "Тут такого немає." },
  { "The address does not support this method.", "Ця адреса не підтримує такого методу." },
  { "This is not possible now.", "Зараз це неможливо." },
  { "The form has changed; fill it in again.", "Форма змінилася; заповніть її ще раз." },
  { "The files are larger or more than the portal accepts.",
    "Файли більші або їх більше, ніж приймає портал." },
  { "Some fields need correction.", "Деякі поля потребують виправлення." },
  { "Too many wrong passwords; the account is locked for a few minutes.",
    "Забагато неправильних паролів; обліковий запис заблоковано на кілька хвилин." },
  { "Too many requests; try again in a moment.", "Забагато запитів; спробуйте за мить." },
  { "The portal is closed for maintenance.", "Портал закрито на технічне обслуговування." },
  { "The portal failed; try again later.", "Збій порталу; спробуйте пізніше." },
  { "The Idempotency-Key header is missing.", "Бракує заголовка Idempotency-Key." },
  { "The same Idempotency-Key was used for something else.",
    "Той самий Idempotency-Key уже використано для іншого." },
  { "A file does not have the size that was announced.", "Розмір файлу не збігається з оголошеним." },
  { "An announced file is missing.", "Бракує оголошеного файлу." },
  { "A file is not the one that was announced.", "Файл не той, що був оголошений." },
  { "Write the text of the message.", "Напишіть текст повідомлення." },
  { "Choose from one to five stars.", "Оберіть від однієї до п’яти зірок." },
  { "The text is too long.", "Текст задовгий." },
  { "Choose one of the options.", "Оберіть один із варіантів." },
};

/**
 * hd_language_choose:
 * @accept_language: (nullable): the header
 *
 * Returns: the first of the portal's languages that the person reads;
 *   Ukrainian if none is
 */
HdLanguage
hd_language_choose (const char *accept_language)
{
  GSList *wanted = accept_language != NULL
                   ? soup_header_parse_quality_list (accept_language, NULL) : NULL;
  HdLanguage language = HD_LANGUAGE_UK;

  for (GSList *l = wanted; l != NULL; l = l->next)
    {
      const char *tag = l->data;

      if (g_ascii_strncasecmp (tag, "uk", 2) == 0)
        break;

      if (g_ascii_strncasecmp (tag, "en", 2) == 0)
        {
          language = HD_LANGUAGE_EN;
          break;
        }
    }

  g_clear_pointer (&wanted, soup_header_free_list);
  return language;
}

const char *
hd_language_get_code (HdLanguage language)
{
  return language == HD_LANGUAGE_EN ? "en" : "uk";
}

/**
 * hd_words_translate:
 * @language: a language
 * @english: a sentence
 *
 * Returns: the sentence in that language, or @english if the table lacks it
 */
const char *
hd_words_translate (HdLanguage  language,
                    const char *english)
{
  if (language == HD_LANGUAGE_EN)
    return english;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_str_equal (words[i].english, english))
        return words[i].ukrainian;
    }

  return english;
}
