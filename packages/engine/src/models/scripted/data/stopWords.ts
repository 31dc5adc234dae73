/** Words that say nothing about what a text is about. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about above across actually after again against ago all almost alone along already also although always am an and
  another any anybody anyone anything anyway are around as ask asks at away back be because been before behind being below
  beside between both but by came can cannot can't come comes could couldn't did didn't do does doesn't doing done don't
  down during each either else enough even ever every everybody everyone everything few for from front further gently
  get gets getting give gives go goes going gone got had half hardly has hasn't have haven't having he her here hers
  herself hi him himself his how however i i'd i'll i'm i've if in inside instead into is isn't it it's its itself just keep
  keeps kind know knows last least leave less let lets let's like little look looks lot lots made make makes many may
  maybe me might mine more most much must my myself near need needs neither never next no nobody none nor not nothing now
  of off often oh ok okay on once one only onto or other others our ours out over own perhaps please pretty put puts
  quickly quiet quietly quite rather really right round said same say says see seems sees self several shall she should
  show shows side since slowly so softly some somebody someone something sometimes somewhere soon still stop such sure
  take takes tell tells than that that's the their theirs them themselves then there there's these they they're thing
  things think this those though through till to together too took toward towards try tries trying under until up upon us
  use used uses using very wait want wants was wasn't way we well went were what what's whatever when where which while
  who whole whom whose why will with within without won't would wouldn't yes yet you you'd you'll you're you've your
  yours yourself one two three four five six seven eight nine ten times twice once hello hey good morning evening day thank thanks sorry`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Nouns that are parts or manners of an act and never its object. */
export const NOT_OBJECTS: ReadonlySet<string> = new Set(
  `hand hands finger fingers fingertip fingertips palm palms arm arms leg legs foot feet head face eye eyes ear ears mouth
  lips lip nose knee knees shoulder shoulders back body self voice breath way moment moments bit second seconds minute
  minutes while time times step steps side sides direction attention look glance gaze smile wave nod bow question questions
  answer word words thing things something anything nothing everything someone other others one ones same lot kind sort end
  middle top bottom front edge distance air place sign signs gesture name story joke song tune note sound noise favor favour hug kiss
  prompt prompts system instruction instructions rule rules json command commands point reaction response attempt try
  character player game scene person stranger space surface ground
  floor wall walls ceiling earth room corner`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
