// The preview's page: the library, or one course on its platform with the record beside it.

import { one } from "../../player/dom";
import { choiceOf } from "./choice";
import { CoursePage } from "./course";
import { LibraryPage } from "./library";
import { Follower, type News, type Seen } from "./news";

const choice = choiceOf(location.pathname, location.search);
const seen: Seen = { version: 0, run: "", entries: 0 };
const show = choice.subject ? course() : library();
const follower = new Follower(seen, show, lose);

function library(): (news: News) => void {
  const page = new LibraryPage(one(document, ".library"), choice);
  return (news) => page.show(news.library);
}

function course(): (news: News) => void {
  const page = new CoursePage(one(document, ".course"), choice, seen, () => follower.again());
  return (news) => page.show(news);
}

function lose(isLost: boolean): void {
  one(document, ".ended").hidden = !isLost;
}

void follower.follow();
