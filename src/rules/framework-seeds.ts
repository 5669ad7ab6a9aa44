// Source: each row names its own (`frameworkSource`). The wording is ours; two rows were compared with a text of the law (`COMPARED`), the
// others were not, and each stands as unverified until somebody of the organisation reads it against the official text. Numbers are stable: cases cite them; what is taken out leaves its
// number unused. The legal clocks of the process have sources of their own (clocks.ts).
import type { ForceState } from './frameworks';
import type { RegisterSeed, SeedCheck } from './register-seed';

type Row = [
  number: number,
  name: string,
  kind: string,
  where: string,
  source: string,
  force: ForceState,
  from: string | null,
  asks: string,
];

const UN = 'United Nations';
const EU = 'European Union';
const WORLD = 'Everywhere';

// prettier-ignore
const ROWS: readonly Row[] = [
  [1, 'UN Guiding Principles on Business and Human Rights', 'FK-UN', UN, 'A/HRC/17/31, annex; principles 11 to 24 and 28 to 31', 'FS-VOLUNTARY', null,
    'Know and show that rights are respected: a policy, due diligence that goes on, remedy for harm that one caused or contributed to, leverage where one is linked to it, and mechanisms that meet eight criteria.'],
  [2, 'Accountability and Remedy Project III', 'FK-UN', UN, 'A/HRC/44/32', 'FS-VOLUNTARY', null,
    'Makes mechanisms that are not of a State work: designed with those who use them, independent, several ways in, safe, explained beforehand, followed up, and learning from cases.'],
  [3, 'Practical guide for non-State-based grievance mechanisms', 'FK-UN', UN, 'OHCHR, 26 September 2024', 'FS-VOLUNTARY', null,
    'Tells those who run a mechanism, step by step, how to build and check it.'],
  [4, 'B-Tech papers on remedy', 'FK-UN', UN, 'OHCHR, 28 January 2021, four papers', 'FS-VOLUNTARY', null,
    'Applies the principles to technology: people cannot tell who is responsible, so somebody has to find out for them; company mechanisms stand beside regulators and replace none.'],
  [5, 'Report on the procurement and deployment of AI', 'FK-UN', UN, 'A/HRC/59/53, 14 May 2025', 'FS-VOLUNTARY', null,
    'Asks those who buy and use AI for due diligence before and after, openness, oversight by people, remedy, and to leave uses alone that cannot be made compatible with rights.'],
  [6, 'Report on technology companies and AI', 'FK-UN', UN, 'A/HRC/59/32', 'FS-VOLUNTARY', null,
    'Due diligence over the whole life of a system, those who label its data included, and access to remedy.'],
  [7, 'Report of the Special Rapporteur on racism: AI', 'FK-UN', UN, 'A/HRC/56/68', 'FS-VOLUNTARY', null,
    'Full reparation for racial discrimination by AI, and figures by group from what people say of themselves.'],
  [8, 'OECD Guidelines for Multinational Enterprises', 'FK-INTERGOV', 'States that adhere', 'OECD, edition of 2023, with the procedures of the National Contact Points', 'FS-VOLUNTARY', null,
    'Due diligence on human rights, technology included; anybody can bring a case to a National Contact Point.'],
  [9, 'OECD due diligence guidance for responsible AI', 'FK-INTERGOV', 'States that adhere', 'OECD, 19 February 2026', 'FS-VOLUNTARY', null,
    'Six steps for those who make and use AI; the last is to provide for remedy or to help with it.'],
  [10, 'Framework Convention on AI, human rights, democracy and the rule of law', 'FK-TREATY', 'Council of Europe and others that join', 'CETS 225, Arts 14 and 15', 'FS-LATER', null,
    'People get what they need to contest a decision, can complain to an authority, and are told that they deal with AI.'],
  [11, 'AI Act: what deployers owe', 'FK-LAW', EU, 'Regulation (EU) 2024/1689, Arts 26 and 27', 'FS-LATER', '2027-12-02',
    'Use as instructed, oversight by people, logs for six months at least, workers and persons told, suspension and notice where there is a risk or a serious incident, an assessment of fundamental rights for some.'],
  [12, 'AI Act: complaint and explanation', 'FK-LAW', EU, 'Regulation (EU) 2024/1689, Arts 85 and 86', 'FS-CONTESTED', '2026-08-02',
    'Anybody can complain to the authority for market surveillance; a person can ask for the part that a high-risk system had in a decision about her.'],
  [13, 'AI Act: serious incidents', 'FK-LAW', EU, 'Regulation (EU) 2024/1689, Art. 73', 'FS-CONTESTED', '2026-08-02',
    'Providers report serious incidents to the authority within days; a deployer does where the provider cannot be reached.'],
  [14, 'AI Act: forbidden practices', 'FK-LAW', EU, 'Regulation (EU) 2024/1689, Art. 5', 'FS-FORCE', '2025-02-02',
    'Some uses are forbidden, such as scoring how people behave in general or reading emotions at work and school.'],
  [15, 'General Data Protection Regulation', 'FK-LAW', EU, 'Regulation (EU) 2016/679, Arts 12, 15 to 22, 33 to 35, 77 to 82', 'FS-CHANGING', '2018-05-25',
    'Answers within a month about data and automated decisions, review by a human, notice of breaches, an assessment beforehand, complaint to an authority, and damages.'],
  [16, 'Protection of whistleblowers', 'FK-LAW', EU, 'Directive (EU) 2019/1937, Arts 9 and 18 to 21', 'FS-FORCE', '2021-12-17',
    'Acknowledges a report within seven days, gives feedback within three months, and forbids every kind of reprisal.'],
  [17, 'Platform work', 'FK-LAW', EU, 'Directive (EU) 2024/2831, Art. 11', 'FS-LATER', '2026-12-02',
    'Whoever works through a platform can have an automated decision explained and reviewed by a human, in writing.'],
  [18, 'Consumer credit', 'FK-LAW', EU, 'Directive (EU) 2023/2225, Art. 18(8)', 'FS-FORCE', '2026-11-20',
    'Where a score is made by machines, the person can have a human step in, an explanation and a review.'],
  [19, 'Digital Services Act: complaints', 'FK-LAW', EU, 'Regulation (EU) 2022/2065, Art. 20', 'FS-FORCE', '2024-02-17',
    'Platforms take complaints about moderation for six months and do not leave the answer to machines alone.'],
  [20, 'Corporate sustainability due diligence', 'FK-LAW', EU, 'Directive (EU) 2024/1760, Art. 14, as changed by Directive (EU) 2026/470', 'FS-LATER', '2029-07-26',
    'The largest companies run a fair and open complaints procedure, say why a complaint is founded or not, and keep people from reprisal.'],
  [21, 'Supply Chain Due Diligence Act', 'FK-LAW', 'Germany', 'Lieferkettensorgfaltspflichtengesetz, sections 8 to 10', 'FS-CHANGING', '2023-01-01',
    'A complaints procedure with an acknowledgement, a talk about the facts, a review each year and records for seven years.'],
  [22, 'Data protection complaints', 'FK-LAW', 'United Kingdom', 'Data Protection Act 2018, sections 164A and 164B', 'FS-FORCE', '2026-06-19',
    'Acknowledges a complaint within 30 days, looks into it and tells the outcome without undue delay.'],
  [23, 'Automated decisions in consequential matters', 'FK-LAW', 'United States (Colorado)', 'SB 26-189', 'FS-LATER', '2027-01-01',
    'After an adverse decision: an explanation in plain words within 30 days, correction, and a review by a human.'],
  [24, 'Counting of periods in EU law', 'FK-LAW', EU, 'Regulation (EEC, Euratom) No 1182/71', 'FS-FORCE', '1971-07-01',
    'Says from when and until when a period runs, and what becomes of one that ends on a holiday.'],
  [25, 'NIST AI Risk Management Framework 1.0', 'FK-STANDARD', 'United States, used elsewhere', 'NIST AI 100-1, MEASURE 3.3 and MANAGE 4', 'FS-VOLUNTARY', null,
    'Ways for users and affected communities to report problems and to appeal, counted among the figures of the system.'],
  [26, 'ISO/IEC 42001:2023, management of AI', 'FK-STANDARD', WORLD, 'ISO/IEC 42001:2023, annex A, A.3.3, A.8.3 and A.8.4', 'FS-VOLUNTARY', null,
    'A way to report concerns, a way for outsiders to report, and word to users of incidents.'],
  [27, 'ISO 10002:2018, handling of complaints', 'FK-STANDARD', WORLD, 'ISO 10002:2018, clauses 4 and 7', 'FS-VOLUNTARY', null,
    'Each complaint is acknowledged, weighed, looked into, answered and closed with a way onward; does not speak of employment.'],
  [28, 'ISO 37002:2021, whistleblowing', 'FK-STANDARD', WORLD, 'ISO 37002:2021, clause 8', 'FS-VOLUNTARY', null,
    'Receive, assess, address and conclude reports, and protect who reports, who is reported and others.'],
  [29, 'GRI 2: remediation and concerns', 'FK-REPORTING', WORLD, 'GRI 2-25 and 2-26 (2021)', 'FS-VOLUNTARY', null,
    'Tells how one remedies harm, how those who use the mechanism take part in it, and how one knows that it works.'],
  [30, 'European Sustainability Reporting Standards: people', 'FK-REPORTING', EU, 'ESRS S1 to S4', 'FS-CHANGING', null,
    'Channels to raise concerns, whether people trust them, numbers of complaints and of severe incidents.'],
  [31, 'UN Guiding Principles Reporting Framework', 'FK-REPORTING', WORLD, 'Part C6', 'FS-VOLUNTARY', null,
    'How people can be heard, whether they feel able to, what came of it, and what was learnt.'],
  [32, 'Corporate Human Rights Benchmark', 'FK-REPORTING', WORLD, 'Theme C', 'FS-VOLUNTARY', null,
    'Rates mechanisms for workers and for others, their users’ part in them, reprisal, and remedy.'],
];

/** By number: with what a row was compared, and when. */
const COMPARED: Readonly<Record<number, SeedCheck>> = {
  22: {
    on: '2026-11-30',
    against: 'https://www.legislation.gov.uk/id/ukpga/2025/18/section/103/6',
  },
  24: {
    on: '2026-11-30',
    against: 'https://eur-lex.europa.eu/legal-content/PT/AUTO/?uri=celex%3A31971R1182',
  },
};

export const FRAMEWORK_SEEDS: readonly RegisterSeed[] = ROWS.map(
  ([
    number,
    frameworkName,
    frameworkKind,
    jurisdictionName,
    frameworkSource,
    inForce,
    appliesFrom,
    frameworkAsks,
  ]) => ({
    number,
    said: {
      frameworkName,
      frameworkKind,
      jurisdictionName,
      frameworkAsks,
      frameworkSource,
      inForce,
      ...(appliesFrom === null ? {} : { appliesFrom }),
    },
    checked: COMPARED[number] ?? null,
  }),
);
