/** An admin by first name. */
export type AdminName = "Nora" | "Tariq" | "Ines";

/** Minutes, hours or days since the step before. */
export type Pause = `${number}${"m" | "h" | "d"}`;

/** What happens next. The contact is the one who wrote first. */
export type ConversationStep =
  | [after: Pause, who: "contact" | AdminName, does: "says", text: string]
  | [after: Pause, who: "contact", does: "rates", score: number, remark: string]
  | [after: Pause, who: AdminName, does: "notes", text: string]
  | [after: Pause, who: AdminName, does: "assigns", to: AdminName | "Support" | "Success"]
  | [after: Pause, who: AdminName, does: "tags", tag: string]
  | [after: Pause, who: AdminName, does: "sets topic", topic: "Billing" | "Other"]
  | [after: Pause, who: AdminName, does: "closes" | "snoozes" | "reopens" | "makes urgent"];

export interface ConversationData {
  /** A name in `contactData`. */
  contact: string;
  /** UTC. */
  at: `2025-${string}Z`;
  subject?: string;
  body: string;
  steps: ConversationStep[];
}

/**
 * The inbox of a company of three that makes a tool for handbooks: customers write books of pages,
 * have them reviewed, and share them with their teams. The oldest conversation first.
 */
export const conversationData: ConversationData[] = [
  {
    contact: "Ada Moreno",
    at: "2025-09-02T14:31Z",
    body: "How do I add a second author to a book?",
    steps: [
      ["2m", "Nora", "assigns", "Nora"],
      ["6m", "Nora", "says", "Open the book, then Details, then Authors."],
      ["11m", "contact", "says", "Found it, thank you!"],
      ["1m", "Nora", "closes"],
      ["40m", "contact", "rates", 5, "Quick and to the point"],
    ],
  },
  {
    contact: "Ben Achebe",
    at: "2025-09-05T15:04Z",
    subject: "Lost paragraph",
    body: "I wrote for an hour this morning and now the last section is gone. I'm fairly sure that I saved. Please tell me it's somewhere.",
    steps: [
      [
        "9m",
        "Nora",
        "says",
        "<p>Don't worry, nothing is ever really gone. In the page's menu there is <b>History</b>: every version is there, one every two minutes.</p><p>Shall I restore the one from 10:52 for you? It has about 600 words more than what you see now.</p>",
      ],
      ["3m", "contact", "says", "Yes please! I don't dare touch anything."],
      ["4m", "Nora", "says", "Done. Have a look and breathe out."],
      ["2m", "contact", "says", "It's all there. You are a magician."],
      [
        "5m",
        "Nora",
        "notes",
        "He had the page open on two machines, and the older one saved last. Third time this month. We should warn people.",
      ],
      ["1m", "Nora", "closes"],
      ["1d", "contact", "rates", 5, "Saved my week"],
    ],
  },
  {
    contact: "Carla Voss",
    at: "2025-09-08T07:12Z",
    body: "Our nurses cannot sign in since this morning.",
    steps: [
      ["3m", "Nora", "makes urgent"],
      ["1m", "Nora", "assigns", "Support"],
      ["1m", "Nora", "notes", "Single sign-on changed on their side?"],
      ["2m", "Nora", "says", "We are looking into it. Is it everybody, or one site?"],
      ["4m", "contact", "says", "Everybody in Dublin. Cork is fine. Shift change is at 8."],
      [
        "8m",
        "Nora",
        "says",
        "Your identity provider sends a new certificate for Dublin since 06:00. I have switched on sign-in by a link in an e-mail for those 140 people, so they can work now. For the certificate I need somebody from your IT.",
      ],
      [
        "2m",
        "contact",
        "says",
        "Links work. I'll get Dmitri to call you. Thank you for being this quick.",
      ],
    ],
  },
  {
    contact: "Farid Nasser",
    at: "2025-09-09T13:40Z",
    subject: "Invoice",
    body: "The invoice for August has the wrong address. This is the third one. Our accounting won't pay it like this, so please don't send me reminders.",
    steps: [
      ["50m", "Ines", "assigns", "Success"],
      ["2m", "Ines", "sets topic", "Billing"],
      ["3h", "Tariq", "assigns", "Tariq"],
      [
        "5m",
        "Tariq",
        "says",
        "You're right, and I'm sorry. The address was changed in the workspace, and not in the billing account, which keeps its own. I have corrected it and will send all three invoices again today. The reminders are off.",
      ],
      ["20m", "contact", "says", "Ok. I'll believe it when I see it."],
      [
        "1m",
        "Tariq",
        "notes",
        "Renewal is in January and he's annoyed, with reason. Ines, can you check the three PDFs before they go out?",
      ],
      ["30m", "Ines", "notes", "Checked. Sent. VAT number was missing as well, added."],
      ["1m", "Tariq", "tags", "Churn risk"],
    ],
  },
  {
    contact: "Greta Olsen",
    at: "2025-09-10T09:22Z",
    body: "hi, we are a joinery with 9 people, half of them never touched a computer at work. is this too much for us?",
    steps: [
      [
        "14m",
        "Tariq",
        "says",
        "Not at all! A bakery of six uses it for recipes and cleaning plans. Most of their people only ever scan the code on the wall and read. What would you like to put into it first?",
      ],
      [
        "1h",
        "contact",
        "says",
        "how to set up the big planer, and what to do when it jams. right now thats in Sven's head",
      ],
      [
        "10m",
        "Tariq",
        "says",
        "That's a perfect first page. Take five photos while Sven does it, and I'll show you how to make a page of them in a quarter of an hour. Thursday at 10?",
      ],
      ["5m", "contact", "says", "thursday good"],
      ["1m", "Tariq", "tags", "Trial"],
      ["1m", "Tariq", "snoozes"],
    ],
  },
  {
    contact: "Hugo Petit",
    at: "2025-09-12T18:05Z",
    body: "Is there a plan for one person?",
    steps: [
      ["15h", "Tariq", "assigns", "Tariq"],
      ["1m", "Tariq", "says", "There is: Starter. May I call you on Monday?"],
      ["2m", "Tariq", "snoozes"],
    ],
  },
  {
    contact: "Esther Kim",
    at: "2025-09-15T12:48Z",
    subject: "Beta: comments on photos",
    body: "Love the new comments on photos. Two things: (1) on a phone the pin lands a bit lower than where I tap, about a thumb's width. (2) could the number of open comments be shown in the list of pages? Our shift leads would look at nothing else.",
    steps: [
      ["2h", "Nora", "assigns", "Nora"],
      [
        "12m",
        "Nora",
        "says",
        "<p>Thank you, this is exactly why we have a beta.</p><ul><li>The pin: I can see it on an iPhone too. It's with the developers.</li><li>The number in the list: planned, no date yet. I have added your shift leads as a reason.</li></ul>",
      ],
      ["25m", "contact", "says", "Great, thanks Nora. No hurry with (2), (1) is the annoying one."],
      ["1m", "Nora", "tags", "Beta"],
      [
        "8d",
        "Nora",
        "says",
        "The pin lands where the thumb does since this morning. Reload once, please.",
      ],
      ["3h", "contact", "says", "Confirmed, perfect now."],
      ["1m", "Nora", "closes"],
    ],
  },
  {
    contact: "Imani Brooks",
    at: "2025-09-16T16:30Z",
    body: "Please call me about the hygiene templates, I can't explain this in a chat. 212 555 0108, before 5.",
    steps: [
      ["6m", "Tariq", "says", "Calling you in five minutes."],
      [
        "35m",
        "Tariq",
        "notes",
        "Called. The health inspector wants a signature under each plan. Showed her review and sign-off, which is in their plan already. She prefers the phone, always.",
      ],
      [
        "1m",
        "Tariq",
        "says",
        "Here is the page I showed you: https://help.sandbox.example/sign-off. Good luck with the inspector!",
      ],
      ["1m", "Tariq", "closes"],
    ],
  },
  {
    contact: "Jonas Weber",
    at: "2025-09-18T08:55Z",
    subject: "API: 429 on export of pages",
    body: "We export all pages every night (about 9,000). Since Tuesday we get a 429 after some 600 requests. Has the limit changed? I can't find it in the changelog.",
    steps: [
      ["22m", "Nora", "assigns", "Nora"],
      [
        "15m",
        "Nora",
        "notes",
        "It was lowered on Tuesday for all, by mistake, with the new proxy. Asked the developers.",
      ],
      [
        "10m",
        "Nora",
        "says",
        "You're right, and it's our mistake: the limit came down with a new proxy. It will be back at 1,000 a minute tonight. If you can, use <b>GET /pages?updated_since=</b>, then a night is some forty requests.",
      ],
      [
        "18m",
        "contact",
        "says",
        "Didn't know updated_since. That makes the whole thing moot, we'll switch. Thanks for the straight answer.",
      ],
      ["1m", "Nora", "closes"],
      ["2h", "contact", "rates", 5, "Honest answers are rare"],
    ],
  },
  {
    contact: "Keiko Tanaka",
    at: "2025-09-19T01:15Z",
    body: "Japanese text is cut off in the PDF export. The last character of each line is missing. Sample: 安全手順書 becomes 安全手順.",
    steps: [
      [
        "7h",
        "Nora",
        "says",
        "Good morning Keiko. Thank you for the sample, I see it too: it happens with our new font, in Japanese and in Korean. As a way out, choose <b>Classic</b> under Export, Style. That one is right.",
      ],
      [
        "17h",
        "contact",
        "says",
        "Classic works. It is less beautiful, but complete. Please tell me when the other is repaired.",
      ],
      ["8h", "Nora", "tags", "Beta"],
      ["1m", "Nora", "snoozes"],
    ],
  },
  {
    contact: "Liam Doyle",
    at: "2025-09-22T10:10Z",
    subject: "Offline copies for the aircraft",
    body: "Our crews read the cabin handbook on tablets without a network. Twice last week a tablet had an edition that was two revisions old, which for us is a finding in an audit. How can I see which tablet has what?",
    steps: [
      ["4m", "Nora", "assigns", "Support"],
      ["1m", "Nora", "makes urgent"],
      [
        "30m",
        "Nora",
        "says",
        "I understand how serious this is. Under Devices you see the edition of each tablet and when it last asked for a new one. Two of yours, EI-GNA-2 and EI-GNB-1, have not asked since 12 September.",
      ],
      [
        "12m",
        "contact",
        "says",
        "Those are exactly the two. Why don't they ask? They're on the Wi-Fi of the crew room every night.",
      ],
      [
        "20m",
        "Nora",
        "notes",
        "Both run version 4.1 of the app, whose sync stops for good after a full disk. Fixed in 4.3. Their mobile device management pins 4.1!",
      ],
      [
        "10m",
        "Nora",
        "says",
        "Their app is 4.1, which stops to sync once the disk was full. 4.3 has that mended, and your device management holds these two at 4.1. Could you release them? I'll watch this with you until both are current.",
      ],
      [
        "1d",
        "contact",
        "says",
        "Released. Both show edition 14.2 as of this morning. I'd still like a mail when a tablet falls behind, can you pass that on?",
      ],
      [
        "15m",
        "Nora",
        "says",
        'Passed on, with the words "finding in an audit" in it. I\'ll come back to you.',
      ],
    ],
  },
  {
    contact: "Maya Singh",
    at: "2025-09-24T06:41Z",
    body: "who do i ask for access to the ground ops book",
    steps: [
      [
        "3h",
        "Nora",
        "says",
        "Hi Maya, at your company that's Olga Petrova: she owns the book. Open it and press Ask for access, then she gets a mail.",
      ],
      ["1h", "contact", "says", "👍"],
      ["1m", "Nora", "closes"],
    ],
  },
  {
    contact: "Samir Haddad",
    at: "2025-09-25T21:58Z",
    body: "Hello? Is anybody there?",
    steps: [],
  },
  {
    contact: "Olga Petrova",
    at: "2025-09-26T09:00Z",
    subject: "150 seats from November",
    body: "We grow from 150 to 190 readers in November. Do I have to buy 40 seats at once, or can they come month by month? Our budget would prefer the second.",
    steps: [
      ["40m", "Tariq", "assigns", "Tariq"],
      ["1m", "Tariq", "sets topic", "Billing"],
      [
        "20m",
        "Tariq",
        "says",
        "Month by month is fine, and you pay each seat from the day it's used. Under Billing, Seats, set <b>Add as needed</b> and a most of 190. Nobody will be locked out then.",
      ],
      ["2h", "contact", "says", "Very good. And at the end of the contract? Do they go down too?"],
      [
        "35m",
        "Tariq",
        "says",
        "At the renewal only, to what you used in the last month. I have sent you that in writing, so that you don't have to trust a chat.",
      ],
      ["10m", "contact", "says", "I appreciate that."],
      ["2m", "Tariq", "closes"],
      ["1h", "contact", "rates", 4, ""],
    ],
  },
  {
    contact: "Priya Raman",
    at: "2025-09-29T03:20Z",
    subject: "Cancel our account",
    body: "We'd like to cancel at the end of the month. The migration from the old tool was promised in June. It's nearly October and half of our recipes are still missing pictures. I have explained this four times now.",
    steps: [
      ["5h", "Tariq", "assigns", "Tariq"],
      ["1m", "Tariq", "tags", "Churn risk"],
      [
        "9m",
        "Tariq",
        "notes",
        "She is right, I read the four threads. 212 of 431 recipes. Whoever ran the import left out all pictures above 8 MB. Nora, who can run it again this week?",
      ],
      [
        "25m",
        "Nora",
        "notes",
        "I can, tonight. Needs their old export, which we still have until 6 October.",
      ],
      [
        "10m",
        "Tariq",
        "says",
        "<p>Priya, you should not have had to write this once, let alone four times. I read all of it.</p><p>The cause: pictures above 8 MB were left out. Nora runs the import again tonight, and I'll look at every recipe myself tomorrow. If you still want to leave then, I'll cancel it without any notice period, and you'll get September back.</p>",
      ],
      ["14h", "contact", "says", "Fine. Tomorrow. But I want to see it done, not promised."],
      [
        "9h",
        "Tariq",
        "says",
        "Done and looked at: 431 of 431. Eleven have a picture that was broken in the old tool as well, they are listed here: https://app.sandbox.example/harbour/import-3",
      ],
      [
        "20h",
        "contact",
        "says",
        "I went through them with the kitchen. It's complete. We stay until the end of the year and then decide. Thank you for not arguing.",
      ],
      ["5m", "Tariq", "notes", "Call her on 1 December, not earlier."],
      ["1m", "Tariq", "snoozes"],
    ],
  },
  {
    contact: "Quentin Shaw",
    at: "2025-10-01T15:15Z",
    body: "Can I make the font bigger on the tablets in the cold room? People wear gloves and stand two metres away.",
    steps: [
      [
        "7m",
        "Nora",
        "says",
        "Yes: on the tablet, pull down from the top and choose Reading distance. Two metres is the last step but one. It stays like that for this tablet only.",
      ],
      ["9m", "contact", "says", 'Ha, it even says "two metres". Works with gloves too.'],
      ["1m", "Nora", "closes"],
    ],
  },
  {
    contact: "Rosa Delgado",
    at: "2025-10-02T17:45Z",
    subject: "Where do I even start",
    body: "I was made responsible for this and I have an empty workspace, eleven optometrists and a shared drive with 300 Word files. Is there a course, or somebody I can copy from? I'm honestly a little lost.",
    steps: [
      ["20m", "Tariq", "assigns", "Success"],
      [
        "5m",
        "Tariq",
        "says",
        "You're in good company, everybody starts there. My advice: leave 290 of the 300 alone. Which ten does somebody ask you about every week? Those are your first book.",
      ],
      [
        "1d",
        "contact",
        "says",
        "That was surprisingly easy to answer. Eight of the ten are about the till.",
      ],
      [
        "30m",
        "Tariq",
        "says",
        'Then call the book "The till". I\'ve put a template into your workspace, and on Tuesday at 16:00 we import those eight together, with your coffee and mine.',
      ],
      ["1m", "Tariq", "tags", "Needs onboarding"],
      [
        "5d",
        "contact",
        "says",
        "Eight pages live, and for the first time in months nobody called me on a Saturday. Thank you!!",
      ],
      ["2h", "Tariq", "closes"],
      ["1h", "contact", "rates", 5, "Tariq is the reason we stayed after the trial"],
    ],
  },
  {
    contact: "Victor Stone",
    at: "2025-10-06T19:02Z",
    subject: "Audit log",
    body: "Can we get an export of our audit log?",
    steps: [
      ["13h", "Tariq", "assigns", "Tariq"],
      ["3m", "Tariq", "says", "Yes: Settings, Security, Export."],
      ["2h", "contact", "says", "Perfect. Does it hold who read a page, or only who changed it?"],
      ["6m", "Tariq", "says", "Both, reads since March."],
      ["4m", "contact", "says", "Perfect."],
      ["1m", "Tariq", "closes"],
    ],
  },
  {
    contact: "Tove Berg",
    at: "2025-10-07T11:20Z",
    body: "We lost a turbine technician's phone. He was signed in. How do I throw that phone out?",
    steps: [
      ["2m", "Nora", "makes urgent"],
      [
        "1m",
        "Nora",
        "says",
        "Under People, his name, Devices: press Sign out everywhere. Do that now, I'll wait here.",
      ],
      ["3m", "contact", "says", 'Done. It says "2 devices signed out".'],
      [
        "2m",
        "Nora",
        "says",
        "Good. What was stored on the phone is encrypted and goes at its next start. Nobody opened the app since 09:40 your time, I looked.",
      ],
      ["1m", "contact", "says", "Phew. Thanks!"],
      ["2m", "Nora", "closes"],
      ["10m", "contact", "rates", 5, "3 minutes!"],
    ],
  },
  {
    contact: "Uma Iyer",
    at: "2025-10-08T05:33Z",
    subject: "Reviewer left",
    body: "Our reviewer for the safety book has left the company and nine pages wait for her approval. Everything is stuck and I'm not allowed to approve my own pages. What now?",
    steps: [
      [
        "3h",
        "Nora",
        "says",
        "An admin of your workspace can name another reviewer, also for what is waiting already: open the book, Reviewers, Replace. Your admin is Tove Berg.",
      ],
      ["20h", "contact", "says", "Tove is on holiday until the 20th."],
      [
        "4h",
        "Nora",
        "notes",
        "I'm not going to do it for them, approval of safety pages has to come from their side. Wanda's case last year.",
      ],
      [
        "5m",
        "Nora",
        "says",
        "I'd rather not name a reviewer of safety pages for you. But anybody with the role Owner can: that is Lars Dahl, too, and he was here this morning.",
      ],
      ["1h", "contact", "says", "Lars did it. All nine went through. I didn't know he could."],
      ["3m", "Nora", "closes"],
    ],
  },
  {
    contact: "Wanda Kowalski",
    at: "2025-10-09T09:47Z",
    body: "Your last mail landed in spam here. DKIM fails for mail.sandbox.example, selector s2. Probably want to know.",
    steps: [
      [
        "15m",
        "Ines",
        "notes",
        "The key was rotated yesterday and the new record has a typo. Fixing it.",
      ],
      [
        "25m",
        "Nora",
        "says",
        "We do want to know, thank you! The record had a typo since yesterday evening. It's corrected, and should be seen everywhere within the hour.",
      ],
      ["1h", "contact", "says", "Passes now."],
      ["1m", "Nora", "closes"],
    ],
  },
  {
    contact: "Xavier Blanc",
    at: "2025-10-10T13:05Z",
    subject: "Prix",
    body: "Bonjour, j'ai une petite équipe de 4 personnes. Est-ce que l'outil existe en français ? Et le prix sur votre site, c'est par mois ou par an ?",
    steps: [
      ["2h", "Tariq", "assigns", "Tariq"],
      [
        "10m",
        "Tariq",
        "says",
        "Bonjour Xavier ! Oui, tout est en français, l'aide aussi. Le prix est par mois, et avec un paiement annuel vous économisez deux mois.",
      ],
      ["1d", "contact", "says", "Merci. Je vais en parler à mon associée."],
      ["5m", "Tariq", "snoozes"],
    ],
  },
  {
    contact: "Yara Mansour",
    at: "2025-10-13T08:12Z",
    body: "The housekeeping checklist shows yesterday's ticks this morning, in all three houses. Staff can't see what's done.",
    steps: [
      ["5m", "Nora", "assigns", "Support"],
      [
        "2m",
        "Nora",
        "says",
        "Thank you for telling us, you're the third this morning. Lists should be cleared at 04:00, and tonight that job stopped half way. We're on it.",
      ],
      ["1m", "Nora", "makes urgent"],
      [
        "50m",
        "Nora",
        "says",
        "All lists are cleared as of 09:05, and what was ticked after 04:00 is kept. I'm sorry for the morning you had.",
      ],
      ["15m", "contact", "says", "Working again. We used paper, like animals :)"],
      ["1m", "Nora", "closes"],
    ],
  },
  {
    contact: "Zoltan Varga",
    at: "2025-10-13T08:31Z",
    body: "Checklists wrong today. Please fix",
    steps: [
      [
        "20m",
        "Nora",
        "says",
        "We know, and are working on it. Your colleague Yara will hear from me as soon as it's done.",
      ],
      ["25m", "Nora", "says", "It's done."],
      ["1m", "Nora", "closes"],
    ],
  },
  {
    contact: "Alice Grant",
    at: "2025-10-15T20:10Z",
    subject: "Parents as readers",
    body: "Could parents read one of our books (the one on school rules) without an account? There are about 700 of them, and I don't want to pay for 700 seats, of course.",
    steps: [
      [
        "13h",
        "Tariq",
        "says",
        "Of course not! Make the book public: Share, Anybody with the link. Readers by link are free. If you'd rather keep it out of search engines, leave the second box empty.",
      ],
      ["9h", "contact", "says", "That's generous. And can I see whether they read it?"],
      [
        "14h",
        "Tariq",
        "says",
        "How many, yes. Who, no: that would need a name, and then it's a seat.",
      ],
      ["1h", "contact", "says", "Makes sense. All clear, thank you."],
      ["2m", "Tariq", "closes"],
    ],
  },
  {
    contact: "Bruno Costa",
    at: "2025-10-17T14:22Z",
    body: "I get two of every notification mail since last week.",
    steps: [
      [
        "1h",
        "Nora",
        "says",
        'Hi Bruno, you are in the book twice: once yourself, and once in the group "Teachers". The group was added on the 9th. You can leave either.',
      ],
      ["2d", "Nora", "says", "Did that help?"],
      ["4d", "Nora", "closes"],
    ],
  },
  {
    contact: "David Mensah",
    at: "2025-10-20T10:40Z",
    subject: "Data protection questionnaire",
    body: "Before we can go on with the trial, our compliance wants the attached 84 questions answered. Sorry in advance. Question 31 (where are backups kept) is the one they really care about.",
    steps: [
      ["1h", "Tariq", "assigns", "Ines"],
      [
        "5m",
        "Tariq",
        "notes",
        "Ines, last year's answers are in the folder. 31: Frankfurt and Dublin, never outside of the EU for EU workspaces.",
      ],
      [
        "2h",
        "Tariq",
        "says",
        "No need to be sorry, we collect them. Backups of EU workspaces are in Frankfurt and Dublin and stay in the EU. The other 83 answers come on Thursday.",
      ],
      [
        "3d",
        "Ines",
        "notes",
        "Sent the PDF, reviewed by our lawyer. They are in a US workspace at the moment! If they sign, we have to move them.",
      ],
      [
        "20m",
        "Tariq",
        "says",
        "The PDF is in your inbox. One thing we noticed: your trial runs in our US region. If you go on, we'll move it to the EU before the first invoice, free of charge.",
      ],
      ["5h", "contact", "says", "Good catch, that would have been question 85."],
      ["1m", "Tariq", "tags", "Trial"],
    ],
  },
  {
    contact: "Felix Braun",
    at: "2025-10-23T09:05Z",
    body: 'Search finds nothing with umlauts. "Ubersicht" finds it, "Übersicht" doesn\'t. It worked in summer.',
    steps: [
      ["30m", "Nora", "assigns", "Nora"],
      [
        "45m",
        "Nora",
        "says",
        "I can see it, and it's the same for é and ñ. The search was rebuilt last Thursday. I've reported it with your example, and write when it's right again.",
      ],
      ["1d", "contact", "says", "Any news? Half of our titles have umlauts."],
      ["2h", "Nora", "says", "It's being tested. If nothing goes wrong, Monday."],
    ],
  },
  {
    contact: "Grace Owens",
    at: "2025-10-27T18:30Z",
    subject: "PO number on invoices",
    body: "Hi! Purchasing here. We need our PO number (4500118821) on every invoice from now on or they bounce. Can you also send the last one again with it?",
    steps: [
      [
        "14h",
        "Ines",
        "notes",
        "Done in the billing account, and sent the last one again. No seat for me in the inbox, so could one of you tell her?",
      ],
      [
        "20m",
        "Tariq",
        "says",
        "Hi Grace, the number is on all invoices from now on, and the last one is on its way to you with it.",
      ],
      ["1m", "Tariq", "sets topic", "Billing"],
      ["4h", "contact", "says", "Got it, you're the fastest vendor this month."],
      ["1m", "Tariq", "closes"],
      ["1d", "contact", "rates", 5, ""],
    ],
  },
  {
    contact: "Hassan Ali",
    at: "2025-10-29T07:50Z",
    body: "App crashes when I open the page with the loading dock plan. Android 15, Pixel 8. Every time.",
    steps: [
      [
        "1h",
        "Nora",
        "says",
        "Thank you, Hassan. The plan is a picture of 190 megapixels, which is too much for the phone. I made a smaller copy in the page, the original hangs below it. Does it open now?",
      ],
      ["10m", "contact", "says", "opens now. but zoom is blurry"],
      ["30m", "Nora", "notes", "Needs tiles, as on the web. Ticket for the app."],
      [
        "5m",
        "Nora",
        "says",
        "That's the price of the smaller copy until the app can do what the web does. I've opened a ticket for you, so you'll hear when it can.",
      ],
    ],
  },
  {
    contact: "Isla Murray",
    at: "2025-11-03T12:12Z",
    subject: "Thank you",
    body: "No question for once. We passed the authority's audit with no findings, and the inspector asked who made the handbook software. I told her. Please pass that on to everybody, Liam says so too.",
    steps: [
      [
        "8m",
        "Nora",
        "says",
        "You just made a whole (small) company very happy. It's on our wall now. Congratulations to you and Liam!",
      ],
      ["1m", "Nora", "tags", "VIP"],
      ["1m", "Nora", "closes"],
    ],
  },
  {
    contact: "Leo Martin",
    at: "2025-11-06T16:45Z",
    body: "charged twice this month???",
    steps: [
      ["3m", "Tariq", "assigns", "Tariq"],
      ["1m", "Tariq", "sets topic", "Billing"],
      [
        "6m",
        "Tariq",
        "says",
        "I see both charges, 6 November at 02:00 and 02:01. The second is our mistake. I'm giving it back now, your bank needs two or three days for it.",
      ],
      ["2m", "contact", "says", "this better not happen again. im this close to leaving"],
      [
        "10m",
        "Tariq",
        "notes",
        "Refund ticket opened. Retry of the payment job after a timeout, he isn't the only one: 14 accounts. Ines has the list.",
      ],
      [
        "3m",
        "Tariq",
        "says",
        "It won't: the cause is found, and we check all charges by hand until it's mended. I've taken next month off your bill, for the fright.",
      ],
      ["1h", "contact", "says", "ok thats fair"],
      ["1m", "Tariq", "tags", "Churn risk"],
    ],
  },
  {
    contact: "Nils Holm",
    at: "2025-11-10T22:17Z",
    subject: "Students",
    body: "I teach at a vocational school and would like to use this with 24 students for one term. Do you do something for schools? We have no budget, I'd pay it myself if it isn't much.",
    steps: [
      [
        "11h",
        "Tariq",
        "says",
        "Please don't pay it yourself! Schools get two terms for free. All I need is a mail from an address of the school.",
      ],
    ],
  },
  {
    contact: "Mina Park",
    at: "2025-11-12T04:02Z",
    body: "Is the dark mode coming back? My eyes miss it. (Not urgent!)",
    steps: [],
  },
];
