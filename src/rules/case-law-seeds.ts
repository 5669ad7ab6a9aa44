// Source: published decisions, in our own words; each row names the page that it was compared with, a judgment where one was at hand and a
// report of it where none was. Each stands as unverified until somebody of the organisation reads it against the official text. Numbers are stable: cases cite them; what is taken out leaves its number unused.
import type { RegisterSeed } from './register-seed';

/** On which day the rows were compared. */
const COMPARED_ON = '2026-11-30';

const law = (number: number, against: string, said: RegisterSeed['said']): RegisterSeed => ({
  number,
  said,
  checked: { on: COMPARED_ON, against },
});

export const CASE_LAW_SEEDS: readonly RegisterSeed[] = [
  law(1, 'https://jure.nl/ECLI:NL:RBDHA:2020:1878', {
    caseTitle: 'NJCM and others v the Netherlands (SyRI)',
    court: 'District Court of The Hague',
    jurisdictionName: 'Netherlands',
    decidedYear: 2020,
    decidedOn: '2020-02-05',
    citation: 'ECLI:NL:RBDHA:2020:865',
    legalPoint:
      'A law that let the State join many data sources to score the risk of welfare fraud did not strike a fair balance with private life: it was too opaque to be checked.',
    harms: ['AIH-06', 'AIH-11', 'AIH-24'],
    rights: ['HR-PRIV', 'HR-SOCS'],
    useDomains: ['DOM-SVC-BEN', 'DOM-FRD'],
  }),
  law(2, 'https://dpcuria.eu/details?reference=C-634/21', {
    caseTitle: 'SCHUFA Holding (Scoring)',
    court: 'Court of Justice of the European Union',
    jurisdictionName: 'European Union',
    decidedYear: 2023,
    decidedOn: '2023-12-07',
    citation: 'C-634/21',
    legalPoint:
      'Working out a score is itself an automated decision under GDPR Art. 22 where whoever gets the score draws strongly on it.',
    harms: ['AIH-05', 'AIH-24'],
    rights: ['HR-PRIV', 'HR-REM'],
    useDomains: ['DOM-SVC-CRD'],
  }),
  law(
    3,
    'https://opencasebook.org/casebooks/17542-trade-secrets-and-artificial-intelligence/as-printable-html/2/',
    {
      caseTitle: 'Dun & Bradstreet Austria',
      court: 'Court of Justice of the European Union',
      jurisdictionName: 'European Union',
      decidedYear: 2025,
      decidedOn: '2025-02-27',
      citation: 'C-203/22',
      legalPoint:
        'The person can ask for an explanation, in words that can be followed, of how an automated decision used her data; a trade secret is weighed by court or authority and does not end the right.',
      harms: ['AIH-05', 'AIH-24'],
      rights: ['HR-PRIV', 'HR-REM'],
      useDomains: ['DOM-SVC-CRD'],
    },
  ),
  law(4, 'https://zoomlaw.co.uk/2020EWCACiv1058.html', {
    caseTitle: 'R (Bridges) v Chief Constable of South Wales Police',
    court: 'Court of Appeal (England and Wales)',
    jurisdictionName: 'United Kingdom',
    decidedYear: 2020,
    decidedOn: '2020-08-11',
    citation: '[2020] EWCA Civ 1058',
    legalPoint:
      'Recognising faces in public lacked a clear enough legal basis, and the police had not looked themselves at whether the software treats groups unequally.',
    harms: ['AIH-02', 'AIH-07', 'AIH-09'],
    rights: ['HR-PRIV', 'HR-EQ'],
    useDomains: ['DOM-BIO-RBI', 'DOM-LAW'],
  }),
  law(5, 'https://www.echr.coe.int/w/judgment-concerning-the-russian-federation-6', {
    caseTitle: 'Glukhin v Russia',
    court: 'European Court of Human Rights',
    jurisdictionName: 'Council of Europe',
    decidedYear: 2023,
    decidedOn: '2023-07-04',
    citation: 'Application no. 11519/20',
    legalPoint:
      'Using face recognition to find and arrest somebody who protested alone and peacefully breached private life and freedom of expression.',
    harms: ['AIH-07', 'AIH-09', 'AIH-27'],
    rights: ['HR-PRIV', 'HR-EXPR'],
    useDomains: ['DOM-BIO-RBI', 'DOM-LAW'],
  }),
  law(6, 'https://gigpedia.org/research/court-cases/april-2023-uber-drivers-amsterdam-court-of-appeal-2', {
    caseTitle: 'Drivers v Uber and Ola',
    court: 'Court of Appeal of Amsterdam',
    jurisdictionName: 'Netherlands',
    decidedYear: 2023,
    decidedOn: '2023-04-04',
    citation: 'ECLI:NL:GHAMS:2023:796',
    legalPoint:
      'Where drivers lost their accounts by software, and humans looked at it as no more than a token act, that is an automated decision, and they can learn the logic of it.',
    harms: ['AIH-08', 'AIH-13', 'AIH-24'],
    rights: ['HR-PRIV', 'HR-WORK'],
    useDomains: ['DOM-EMP-MGT'],
  }),
  law(
    7,
    'https://irel.fmb.unimore.it/italy-order-of-the-court-of-bologna-frank-is-a-discriminatory-algorithm/',
    {
      caseTitle: 'Unions v Deliveroo Italia (Frank)',
      court: 'Tribunal of Bologna',
      jurisdictionName: 'Italy',
      decidedYear: 2020,
      decidedOn: '2020-12-31',
      legalPoint:
        'A ranking of riders that took every missed shift alike, whatever its ground, put those at a disadvantage who were ill or on strike.',
      harms: ['AIH-01', 'AIH-13', 'AIH-15'],
      rights: ['HR-EQ', 'HR-UNIO', 'HR-COND'],
      useDomains: ['DOM-EMP-MGT'],
    },
  ),
  law(8, 'https://www.dirittoegiustizia.it/_doc/11035432', {
    caseTitle: 'Foodinho (two orders)',
    court: 'Garante per la protezione dei dati personali',
    jurisdictionName: 'Italy',
    decidedYear: 2024,
    legalPoint:
      'A platform was fined in 2021 and again in 2024 for how it rated, assigned and locked out riders by software, and for using their biometric data.',
    harms: ['AIH-08', 'AIH-11', 'AIH-13'],
    rights: ['HR-PRIV', 'HR-COND'],
    useDomains: ['DOM-EMP-MGT', 'DOM-BIO-VER'],
  }),
  law(9, 'https://casetext.com/case/hous-fedn-of-teachers-v-hous-indep-sch-dist', {
    caseTitle: 'Houston Federation of Teachers v Houston Independent School District',
    court: 'United States District Court, Southern District of Texas',
    jurisdictionName: 'United States',
    decidedYear: 2017,
    decidedOn: '2017-05-04',
    citation: '251 F. Supp. 3d 1168',
    legalPoint:
      'Teachers could go to trial over due process: their jobs hung on a secret score that they could not check for mistakes.',
    harms: ['AIH-03', 'AIH-13', 'AIH-24'],
    rights: ['HR-FAIR', 'HR-WORK'],
    useDomains: ['DOM-EMP-MGT', 'DOM-EDU-EVA'],
  }),
  law(10, 'https://cetient.com/case/9834789/state-v-eric-l-loomis', {
    caseTitle: 'State v Loomis',
    court: 'Supreme Court of Wisconsin',
    jurisdictionName: 'United States (Wisconsin)',
    decidedYear: 2016,
    decidedOn: '2016-07-13',
    citation: '2016 WI 68',
    legalPoint:
      'A court may look at a secret risk score in sentencing if it is told of its limits and does not let it decide alone.',
    harms: ['AIH-06', 'AIH-24'],
    rights: ['HR-FAIR', 'HR-LIB'],
    useDomains: ['DOM-JUS', 'DOM-LAW'],
  }),
  law(11, 'https://case-law.vlex.com/vid/bauserman-v-unemployment-ins-908134311', {
    caseTitle: 'Bauserman v Unemployment Insurance Agency',
    court: 'Supreme Court of Michigan',
    jurisdictionName: 'United States (Michigan)',
    decidedYear: 2022,
    decidedOn: '2022-07-26',
    citation: 'Docket No. 160813',
    legalPoint:
      'People whom a system wrongly took for cheats can claim money from the State for the breach of due process.',
    harms: ['AIH-04', 'AIH-06'],
    rights: ['HR-SOCS', 'HR-FAIR', 'HR-REM'],
    useDomains: ['DOM-SVC-BEN', 'DOM-FRD'],
  }),
  law(12, 'https://www.judgments.fedcourt.gov.au/judgments/Judgments/fca/single/2021/2021fca0634', {
    caseTitle: 'Prygodicz v Commonwealth of Australia (Robodebt)',
    court: 'Federal Court of Australia',
    jurisdictionName: 'Australia',
    decidedYear: 2021,
    decidedOn: '2021-06-11',
    citation: '[2021] FCA 634',
    legalPoint:
      'Debts that a system worked out from averaged income had no ground in law; the court approved a settlement of the class action.',
    harms: ['AIH-04', 'AIH-06', 'AIH-18'],
    rights: ['HR-SOCS', 'HR-PROP', 'HR-REM'],
    useDomains: ['DOM-SVC-BEN', 'DOM-FRD'],
  }),
  law(13, 'https://app.midpage.ai/document/mobley-v-workday-inc-1000439808807', {
    caseTitle: 'Mobley v Workday',
    court: 'United States District Court, Northern District of California',
    jurisdictionName: 'United States',
    decidedYear: 2025,
    decidedOn: '2025-05-16',
    legalPoint:
      'In orders of 2024 and 2025: who sells software that screens applicants can be liable as an agent of the employers, and applicants may go on as a collective. Not final.',
    harms: ['AIH-01', 'AIH-03'],
    rights: ['HR-EQ', 'HR-WORK'],
    useDomains: ['DOM-EMP-REC'],
  }),
  law(14, 'https://content.seyfarth.com/publications/EEOC-Initiated-Litigation-2024/36', {
    caseTitle: 'Equal Employment Opportunity Commission v iTutorGroup',
    court: 'United States District Court, Eastern District of New York',
    jurisdictionName: 'United States',
    decidedYear: 2023,
    legalPoint:
      'Settled: software that rejected applicants above an age led to payments to those rejected and to duties for the future.',
    harms: ['AIH-01', 'AIH-03'],
    rights: ['HR-EQ', 'HR-WORK'],
    useDomains: ['DOM-EMP-REC'],
  }),
  law(
    15,
    'https://www.dww.com/articles/bc-tribunal-finds-air-canada-liable-for-inaccurate-advice-given-by-website-chatbot',
    {
      caseTitle: 'Moffatt v Air Canada',
      court: 'Civil Resolution Tribunal of British Columbia',
      jurisdictionName: 'Canada (British Columbia)',
      decidedYear: 2024,
      decidedOn: '2024-02-14',
      citation: '2024 BCCRT 149',
      legalPoint: 'A company answers for what the chatbot on its website tells customers wrongly.',
      harms: ['AIH-21'],
      rights: ['HR-SERV', 'HR-REM'],
      useDomains: ['DOM-CHAT'],
    },
  ),
];
