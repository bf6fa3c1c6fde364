# All words of the app in English. One message a line; other languages have the same names.

app-name = Chartchain
tab-title = { $page } – Chartchain
tab-list = Entries
skip = Skip to the page
back = Back
cancel = Cancel
continue = Continue
not-now = Not now
try-again = Try again
opening = Opening…
opening-slow = This takes longer than usual. Your record is safe.
later-title = This page could not be loaded
later-why = The connection may have broken off. Nothing is lost: try again, or go on elsewhere.
someone = this person
no-name = No name
number = { $count }
percent = { $count }%

# Frame
nav-label = Record
nav-label-short = Main pages
nav-home = Home
nav-timeline = Timeline
nav-add = Add
nav-history = History
nav-more = More
nav-control = Control
nav-take-out = Take out
nav-records = Records
nav-settings = Settings
add-to-record = Add to record
search = Search
search-hidden = in your record
lock = Lock
lock-hidden = your record
saved-here = Saved here
saved-here-rest = on this device only
saved-here-more = { $count ->
    [one] and on another device
   *[other] and on { $count } other devices
}
saved-here-behind = and in part on other devices
more-take-out = Save your record as a file
more-records = Change to another record or start one
more-settings = Lock, colours, text size, recovery

# Sections and kinds
section-test-results = Test results
section-medicines = Medicines
section-vitals = Vitals
section-conditions = Conditions
section-vaccinations = Vaccinations
section-documents = Documents
section-allergies = Allergies
section-visits = Visits
section-procedures = Procedures
section-plans = Care plans
kind-notes = Notes
kind-lifestyle = Lifestyle
kind-people = People
kind-providers = Who gave care
kind-devices = Devices
kind-payments = Payments
kind-other = Other
kinds-all = All
kinds-label = Kinds of entries
empty-test-results = There are no test results in the record of { $name }
empty-medicines = There are no medicines in the record of { $name }
empty-vitals = There are no vitals in the record of { $name }
empty-conditions = There are no conditions in the record of { $name }
empty-vaccinations = There are no vaccinations in the record of { $name }
empty-documents = There are no documents in the record of { $name }
empty-allergies = There are no allergies in the record of { $name }
empty-visits = There are no visits in the record of { $name }
empty-procedures = There are no procedures in the record of { $name }
empty-plans = There are no care plans in the record of { $name }
empty-how = Add a file from a clinic, and what is in it appears here.
split-current = Current ({ $count })
split-past = Past ({ $count })
medicines-current = Current medicines ({ $count })
medicines-past = Past medicines ({ $count })
medicines-paused = Paused ({ $count })
medicines-planned = Planned ({ $count })
medicines-unknown = Not known whether taken ({ $count })
medicines-add = Add a medicine
medicine-no-dose = No dose written
medicine-as-needed = As needed
medicine-differ = Sources differ
medicine-for = Reason: { $reason }
medicine-since = Since { $date }
medicine-others = { $count ->
    [one] One more entry names it
   *[other] { $count } more entries name it
}
standing-current = Current
standing-paused = Paused
standing-planned = Planned
standing-unknown = Not known whether taken
standing-past = Past
doses-today = Today, { $day }
doses-taken = { $taken } of { $due } taken
doses-none = Nothing is due today by what this record says.
doses-free = At no set time
dose-morning = Morning
dose-midday = Midday
dose-evening = Evening
dose-night = Night
dose-any-time = Any time today
dose-more = Also noted
dose-of = Dose { $number } of { $due }
dose-taken = Taken
dose-taken-at = Taken at { $time }
dose-missed = Missed
dose-given = Given
dose-not-given = Not given
dose-undo = Undo
dose-note = Note a dose
dose-no-times = The record does not say how many times a day
dose-said-taken = Noted as taken
dose-said-missed = Noted as missed
dose-said-undone = Taken back
log-last-days = The last 7 days
log-open = Review the taken and missed log
log-title = Taken and missed
log-title-of = { $name }: taken and missed
log-of-medicine = Log of { $name }
log-empty = Nothing is noted yet
log-empty-how = On the page of medicines you can say what you took and what you missed.
log-of = { $taken } of { $due }
log-so-far = { $taken } of { $due } so far
log-nothing = Nothing due
log-others = { $count } taken
log-week = You took { $taken } of the { $due } doses due.
log-week-missed = { $count ->
    [one] You missed { $count } dose.
   *[other] You missed { $count } doses.
}
log-week-open = { $count ->
    [one] { $count } dose has no record.
   *[other] { $count } doses have no record.
}
log-week-empty = Nothing is noted for these days.
log-key-all = All taken
log-key-missed = Some missed
log-key-open = Some not recorded
weekday-short-1 = Mon
weekday-short-2 = Tue
weekday-short-3 = Wed
weekday-short-4 = Thu
weekday-short-5 = Fri
weekday-short-6 = Sat
weekday-short-7 = Sun
card-title = Emergency card
card-lead = For your purse or fridge. It can be read without a phone.
card-heading = Emergency summary
card-born = Born { $born }
card-allergies = Allergies
card-allergies-none = No allergies noted in this record
card-allergies-known = None known, says this record
card-conditions-none = No conditions noted in this record
card-conditions-known = None known, says this record
card-medicines-none = No current medicines noted in this record
card-medicines-known = None known, says this record
card-implants = Implants and devices
card-implants-none = None noted in this record
card-implants-known = None known, says this record
card-blood = Blood group
card-blood-none = Not noted in this record
card-told = told by the person, not measured
card-needs = What helps
card-call = Call
card-call-none = Nobody noted in this record
card-languages = Speaks
card-languages-none = Not noted in this record
card-left-out = { $count ->
    [one] { $count } entry is left out of this card.
   *[other] { $count } entries are left out of this card.
}
card-foot = Made on { $today } of what stands in this record. Its newest entry was written on { $newest }. There may be more elsewhere.
card-print = Print card
card-choose = Change what is on it
card-choose-why = What you untick stays in your record. Your choice is kept on this device.
card-choose-done = Done
card-warning = Whoever holds the paper can read it
card-warning-why = Paper has no lock. If you lose it, you cannot take it back.
card-print-now = Print it
card-print-not = Not now
intake-title = Intake form
intake-lead = What a clinic asks at the first visit, filled from this record.
intake-person = Who
intake-none = Nothing is noted in this record.
intake-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}
intake-print = Print the form
intake-write = Correct it and sign
intake-check = Go through it with the person. What is not so, correct here; what is signed is a note in the record.
intake-foot = Made on { $today } of what stands in this record. There may be more elsewhere.
rest-in-timeline = See the rest in Timeline

# Banner
banner-label = Whose record this is
born = Born
born-on = born { $date }
born-with-age = { $date } ({ $age })
died = Died
died-unknown = date not known
sex = Sex
sex-female = female
sex-male = male
sex-other = other
sex-unknown = unknown
made-up = Made-up person. Not a real record.
made-up-short = Made-up person
allergies = Allergies:
allergies-label = Allergies
allergies-none-known = No known allergies, as the record says.
allergies-none-noted = No allergies noted in this record.
severity-high = high risk
severity-low = low risk
severity-severe = severe
severity-moderate = moderate
severity-mild = mild
severity-unknown = risk not known

# First start
start-title = Your health record, carried by you
start-lead = It works without internet. Only who knows your passphrase can read it.
start-begin = Start my record
start-begin-note = Your first entries take about 60 seconds
start-try = Try with a made-up person
start-try-note = Look around first. Nothing that you do there is kept.
start-unlock = Unlock a record on this device
promise-sealed = Sealed with your passphrase, on this device
promise-offline = Nothing is sent anywhere. There is no account.
promise-unchanged = Nobody can change an entry without it showing
text-larger = Larger text
text-normal = Normal text
colours-dark = Dark colours
colours-light = Light colours
colours-system = Colours of this device
safari-title = Before you start on this device
safari-why = Safari can delete a record that you have not opened for 7 days.
safari-what = Add Chartchain to your Home Screen first: choose Share, then Add to Home Screen.

gone-title = A record was kept here
gone-why = This browser has deleted it, or somebody cleared its data. That happens when the room runs out, or after a while without use.
gone-what = A backup brings it back, with your recovery words.
gone-fine = I know, start anew

# New person and new record
passphrase-title = Choose a passphrase
passphrase-lead = It opens your record on this device.
try-title = Look around with a made-up person
try-lead = The record is being made up. Nothing that you do in it is kept: it ends when you lock it or close the page.
passphrase = Passphrase
private-window = Do not start in a private window: the record is gone when you close it. If the browser asks whether to store data, say yes, so that it does not delete your record by itself.
passphrase-hint = Four words that do not belong together are good, for example “copper heron seven lamps”. At least 8 characters.
passphrase-again = Passphrase again
passphrase-differs = The two passphrases differ. Type the same one twice.
passphrase-missing = Enter your passphrase
passphrase-know-title = Nobody can reset it
passphrase-know = We do not have your passphrase. After this you get 24 recovery words to write down.
show = Show
hide = Hide
show-passphrase = Show the passphrase
hide-passphrase = Hide the passphrase
sealing = Sealing… this takes a few seconds
strength-short = Too short: at least 8 characters.
strength-weak = Easy to guess. Add another word or two.
strength-fair = Fair. One more word makes it strong.
strength-strong = Strong.
new-record-title = Whose record is it?
new-record-lead = Your own, or of someone you care for.
name = Name
name-hint = As clinics write it
name-missing = Enter a name
birth-date = Birth date
birth-hint = For example 14 3 1968. Leave it empty if you do not know it.
birth-wrong = Enter a day that has been, like 14 3 1968
day = Day
month = Month
year = Year
sex-label = Sex in health records
sex-female-long = Female
sex-male-long = Male
sex-other-long = Other
sex-unsaid = Not said
new-record-begin = Start this record
new-record-or = Or look around first
new-record-made-up = A made-up record stands apart from yours and never mixes with it.
founding = Starting the record…
emblem-yours = Your emblem is “{ $word }”. It stands on the lock screen in place of your name.
emblem-why = Your emblem. Your name is not kept in the clear.

# Unlock
unlock-who = Who are you?
unlock-who-lead = Choose your emblem. No names are kept in the clear.
unlock-title = Unlock your record
unlock = Unlock
unlocking = Unlocking…
unlock-someone-else = Someone else
unlock-other = Someone new on this device
unlock-add-person = Add a person
locked-asked = Locked. Your keys are gone from memory.
locked-idle = Locked because nobody did anything for a while.
locked-other-tab = Locked because it was locked in another tab.
forgotten-title = Forgotten your passphrase?
forgotten-head = Nobody can look it up
forgotten = Try the passphrases you use most, with and without spaces. Your 24 recovery words open your record too.
forgotten-use-words = Use my recovery words
forgotten-words-title = Open with your recovery words
forgotten-words-lead = Type the 24 words from your paper.
forgotten-new-title = Choose a new passphrase
forgotten-open = Open my record
forgotten-else-title = No words at hand?
forgotten-file = Do you have a recovery file? Open it above, under “Other ways to give the words”.
forgotten-device = Is your record open on another device? Make a backup there and check the words there.
forgotten-else = Without passphrase, words or recovery file nobody can open this record here, not even we.

# Emblems
emblem-heron = Heron
emblem-lantern = Lantern
emblem-kite = Kite
emblem-anchor = Anchor
emblem-acorn = Acorn
emblem-bell = Bell
emblem-teapot = Teapot
emblem-compass = Compass
emblem-feather = Feather
emblem-fish = Fish
emblem-lighthouse = Lighthouse
emblem-moon = Moon
emblem-mountain = Mountain
emblem-mushroom = Mushroom
emblem-pear = Pear
emblem-sailboat = Sailboat
emblem-shell = Shell
emblem-snail = Snail
emblem-star = Star
emblem-tree = Tree
emblem-umbrella = Umbrella
emblem-tulip = Tulip
emblem-cup = Cup
emblem-bridge = Bridge

# Records
records-title = Records
records-lead = Which record do you want to open?
records-search = Find a person
records-search-hint = By name or date of birth, for example: ana ruiz 1970
records-found = { $count ->
    [0] Nobody was found.
    [one] { $count } record
   *[other] { $count } records
}
records-more = { $count ->
    [one] One more: type more of the name.
   *[other] { $count } more: type more of the name.
}
records-new = Start another record
records-apart = Each record is a ledger of its own. Records never mix.
record-open = Open now

# Home
home-title = Your health record
home-empty = The record of { $name } is empty
home-empty-how = Add a file from a clinic or an app. It stays on this device.
home-latest = Latest values
home-medicines = Current medicines
home-medicines-all = See all medicines
home-new = What is new
home-new-order = Newest arrival first
home-see-all = See all in Timeline
home-copies = Copies
home-record = Your record
count-medicines = { $count ->
    [one] { $count } medicine
   *[other] { $count } medicines
  }
count-entries = { $count ->
    [0] No entries
    [one] { $count } entry
   *[other] { $count } entries
  }
copies-one = Saved on this device only
copies-why = If you lose it, the record is gone. Take out a copy and keep it somewhere safe.
copies-more = { $count ->
    [one] On { $count } device
   *[other] On { $count } devices
}
copies-more-why = Each of these devices holds everything. What you take out helps where all of them are lost.
copies-behind = Not yet in full on another device
copies-behind-why = Other devices lack some of it. It goes over when you connect, or by itself.
copies-do = Take out a copy
copies-backup = Last backup: { $date }
recovery-card-title = Recovery card: not done
recovery-card-done = Done:
recovery-card-open = Still to do:
recovery-card-words = recovery words written down and checked
recovery-card-backup = a backup of your record
recovery-card-backup-on = last backup on { $date }
recovery-card-backup-why = Your words open your record, but they do not contain it. A backup does.
recovery-card-backup-time = About 1 minute.
recovery-card-why = Your 24 recovery words were made on { $date }. Write them down: they open your record when you forget your passphrase.
recovery-card-do = Finish your recovery card
recovery-card-time = About 4 minutes. You need pen and paper.
usual = Usual { $range }
analytes-caption = { $count ->
    [one] { $count } thing that was measured, with its newest value
   *[other] { $count } things that were measured, with their newest values
}
analyte-name = Measured
analyte-values = { $count ->
    [one] { $count } value
   *[other] { $count } values
}
no-range = No usual range given
no-meaning = Not said
others-heading = Reports and other entries
review-newest = Newest value
source-unknown = Not named
review-over-time = Review { $name } over time
open-thing = Open { $name }
before = before
no-date = No date

# Timeline
search-label = Search your record
search-example = For example: blood sugar, Dr Marsh
from-whom = From whom
everyone = Everyone
source-count = { $source } ({ $count })
when = When
period-all = All time
period-3-months = Last 3 months
period-12-months = Last 12 months
period-5-years = Last 5 years
period-10-years = Last 10 years
print = Print or save
showing = { $shown ->
    [one] Showing { $shown } of { $total } entries, newest first
   *[other] Showing 1 to { $shown } of { $total } entries, newest first
  }
shown-of = { $shown } of { $total } shown
show-more = Show { $count } more
filters-clear = Show everything
nothing-found = Nothing found
nothing-found-how = Try fewer words, another spelling or fewer filters.
month-unknown = No date
from-you = entered by you
from-source = recorded by { $source }
from-signer = written and signed by { $name }
from-file-of = brought in by { $name }
from-file = brought in by you
from-you-after = entered by you, first written by { $first }
from-signer-after = written and signed by { $name }, first written by { $first }
from-source-of = recorded by { $source }, brought in by { $name }
signer-patient = the patient
signer-nobody = somebody who does not belong to this record
signer-named = { $name } ({ $role })
signed-first-by = First written and signed by: { $first }
flag-wrong = Entered in error
flag-superseded = Older version

# Entry
entry = Entry
result = Result
usual-range = Usual range
what-it-means = What it means
detail = Detail
status = Status
full-name = Full name
recorded = Who
over-time = Over time
series-caption = { $name }, newest first
taken = Taken
value = Value
this-one = { $when } (this one)
no-data = No data
trend-title = { $name } over time
trend-how = A chart of values over time. The arrow keys go from value to value. The same values stand in the table.
trend-no-unit = No unit written
trend-point = { $when }: { $value }
trend-point-meaning = { $point }. { $meaning }
trend-here = This is the value you are reading.
trend-open = Open this entry
review-open = Open the newest entry
trend-upper = Upper number
trend-lower = Lower number
trend-less-than = Less than this
trend-more-than = More than this
trend-gap = No values
trend-gap-hours = for some hours
trend-gap-row = No values for { $time }
trend-table-show = Show as a table
trend-table-hide = Hide the table
trend-rose = Up from { $first } to { $last } between { $from } and { $to }.
trend-fell = Down from { $first } to { $last } between { $from } and { $to }.
trend-level = { $last } both at the start ({ $from }) and at the end ({ $to }).
trend-pressure = From { $first } to { $last } between { $from } and { $to }.
trend-highest = The highest in between was { $high }, in { $high_when }.
trend-lowest = The lowest in between was { $low }, in { $low_when }.
trend-between = In between, the highest was { $high } ({ $high_when }), the lowest { $low } ({ $low_when }).
trend-all-high = { $count ->
    [2] Both values are above the usual range.
   *[other] All { $count } values are above the usual range.
  }
trend-all-low = { $count ->
    [2] Both values are below the usual range.
   *[other] All { $count } values are below the usual range.
  }
trend-all-within = { $count ->
    [2] Both values are within the usual range.
   *[other] All { $count } values are within the usual range.
  }
trend-newest-high = The newest value is above the usual range.
trend-newest-low = The newest value is below the usual range.
trend-newest-within = The newest value is within the usual range.
trend-outside = { $count ->
    [0] Of { $total } values with a usual range, none is outside it.
    [one] Of { $total } values with a usual range, { $count } is outside it.
   *[other] Of { $total } values with a usual range, { $count } are outside it.
  }
trend-range-changed = The usual range has changed over time. The shaded one is the newest.
trend-limits = { $count ->
    [one] { $count } value is known only as less or more than a limit. It is drawn as an arrow at the limit.
   *[other] { $count } values are known only as less or more than a limit. They are drawn as arrows at the limit.
  }
trend-spans = A flat stroke shows how far a date may lie that is written without its day.
trend-thinned = { $drawn } of { $total } values are drawn: the highest and the lowest of each stretch of time.
trend-newest-only = These are the newest { $count } of { $total } values.
trend-converted = { $count ->
    [one] { $count } value was written in another unit. It is drawn converted, and the table shows both numbers.
   *[other] { $count } values were written in another unit. They are drawn converted, and the table shows both numbers.
}
trend-both-units = { $written } ({ $drawn })
trend-withdrawn = { $count ->
    [one] { $count } value that was made in error is left out.
   *[other] { $count } values that were made in error are left out.
}
trend-ranges = { $count ->
    [one] { $count } value is known only as a range. It is drawn as a bar.
   *[other] { $count } values are known only as ranges. They are drawn as bars.
}
trend-between-two = Somewhere between
trend-units = The values come in { $count } units. Different units never stand on one scale.
trend-not-drawn = { $count ->
    [one] { $count } value stands only in the table: it has no number or no date, or is alone in its unit.
   *[other] { $count } values stand only in the table: they have no number or no date, or are alone in their unit.
  }
more-facts = What else it says
linked = Belongs together with
versions = Versions
versions-note = Nothing is overwritten: older versions stay readable.
versions-unlisted = { $count ->
    [one] { $count } more older version is kept and not listed here.
   *[other] { $count } more older versions are kept and not listed here.
  }
versions-all = Older versions of entries too
flag-disputed = Versions differ
versions-until = Until
versions-name = Name
versions-live = { $count ->
    [one] { $count } version of this entry
   *[other] { $count } versions of this entry
  }
versions-why = Devices changed it without knowing of each other. Nothing was lost, and all versions are shown until somebody settles it.
versions-open = Compare and settle
versions-title = Versions of this entry
versions-lead = Keep the one that is right, or write it anew.
versions-by = Version: { $name }
versions-differs = Different in another version
versions-keep = Keep this one
versions-keep-about = of { $name }, signed { $when }
versions-more = { $count ->
    [one] There is { $count } more. It comes when these are settled.
   *[other] There are { $count } more. They come when these are settled.
  }
versions-none-right = Is none of them right?
versions-anew = Write it anew
versions-settled = This entry has one version now.
versions-open-entry = Open the entry
versions-question = Is this version right?
versions-now-why = it counts instead of the others, on every device of this record.
versions-stays-why = all versions, readable as older ones.
versions-undo-why = you amend the entry again.
versions-do = Keep this version
versions-not = Go back
versions-done = Settled. This version counts now.
versions-acts = This entry has several versions. Settle which is right before you change it.
versions-replaces = { $count ->
    [one] What you save takes the place of { $count } version.
   *[other] What you save takes the place of all { $count } versions.
  }
home-disputed = { $count ->
    [one] { $count } entry has several versions
   *[other] { $count } entries have several versions
  }
home-disputed-more = { $count ->
    [one] There is { $count } more entry of this kind. It comes when these are settled.
   *[other] There are { $count } more entries of this kind. They come when these are settled.
  }
source-heading = Source
source-show = Source as written (FHIR R4)
source-label = Source as written
copy = Copy
copied = Copied
copy-failed = The browser did not allow copying
absent-why = The source says why: { $why }
trust-heading = Can I trust this?
trust-words = Its block was signed when it was written. If anything in it changes, the signature no longer fits.
trust-verify = Verify everything
signed-by = Signed by
signed-on = Signed on
signed-by-you = You, on this device
signed-by-other = Another device of this record
time-doubtful = The clock of the device was doubtful.
time-doubtful-short = (clock doubtful)
recorded-by = Recorded by
recorded-by-note = As the file says. They have not signed it themselves.
brought-in = Brought in
brought-in-from = From { $name }, { $date }
pasted = pasted text
file-digest = Fingerprint of the file: { $digest }
date-written = Date as written
codes = Codes
group = Group
block = Block
block-place = Number { $seq } of this device, part { $segment }, row { $row }
when-with-zone = { $date } ({ $zone })
date-to-date = { $from } to { $to }
date-from = from { $from }
date-until = until { $to }
zone-missing = no time zone written
zone-utc = UTC
zone-offset = UTC { $offset }
compartment-general = General
compartment-emergency = Emergency
compartment-mental = Mental health
compartment-sexual = Sexual and reproductive health
compartment-substances = Alcohol and drugs
compartment-genomics = Genetic findings
compartment-violence = Violence and abuse

# Values and their meaning
value-yes = Yes
value-no = No
value-absent = No value
range-between = { $low } to { $high }
range-from = from { $low }
range-up-to = up to { $high }
unit-per-minute = per minute
unit-points = points
meaning-normal = Within the usual range
meaning-high = Above the usual range
meaning-very-high = Far above the usual range
meaning-critical-high = Critically high, says the source
meaning-low = Below the usual range
meaning-very-low = Far below the usual range
meaning-critical-low = Critically low, says the source
meaning-abnormal = Unusual, says the source
meaning-critical = Critical, says the source
meaning-positive = Positive: found
meaning-negative = Negative: not found
meaning-indeterminate = No clear answer
meaning-susceptible = Responds to this medicine
meaning-resistant = Does not respond to this medicine
meaning-intermediate = Responds in part to this medicine
change-less = { $size } less than { $when }
change-more = { $size } more than { $when }
change-none = Same as { $when }
in-month = in { $month }
on-day = on { $day }

# Statuses
status-recorded = Saved here
status-witnessed = Confirmed by { $have } of { $needed } needed
status-final = Locked in
status-quarantined = Quarantined
status-void = Void
fhir-active = active
fhir-taking = current
fhir-final = final
fhir-amended = amended
fhir-corrected = corrected
fhir-preliminary = preliminary
fhir-registered = registered
fhir-partial = partial
fhir-given = given
fhir-course-ended = course ended
fhir-completed = completed
fhir-finished = finished
fhir-stopped = stopped
fhir-on-hold = on hold
fhir-cancelled = cancelled
fhir-draft = draft
fhir-error = entered in error
fhir-inactive = inactive
fhir-resolved = resolved
fhir-remission = in remission
fhir-recurrence = came back
fhir-not-done = not done
fhir-in-progress = in progress
fhir-planned = planned
fhir-arrived = arrived
fhir-current = current
fhir-superseded = replaced
fhir-intended = intended
fhir-unknown = not known

# Dates
date-day = { $day } { $month } { $year }
date-month = { $month } { $year }
date-day-short = { $day } { $month }
date-with-time = { $date }, { $time }
date-weekday = { $weekday } { $date }
# 12 or 24: how many hours a clock counts.
clock-hours = 12
time-24 = { $hour }:{ $minutes }
time-am = { $hour }:{ $minutes }am
time-pm = { $hour }:{ $minutes }pm
time-midnight = midnight
time-midday = midday
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-1-short = Jan
month-2-short = Feb
month-3-short = Mar
month-4-short = Apr
month-5-short = May
month-6-short = Jun
month-7-short = Jul
month-8-short = Aug
month-9-short = Sep
month-10-short = Oct
month-11-short = Nov
month-12-short = Dec
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
age-years = { $count ->
    [one] { $count } year
   *[other] { $count } years
  }
age-months = { $count ->
    [one] { $count } month
   *[other] { $count } months
  }
age-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
  }

# Add
add-title = Add to record
add-lead = For the record of { $name }
add-reading-title = Reading the file
add-running-title = Adding to the record
add-looking = Looking at what is in it…
add-sent = { $sent } of { $size }
drop-here = Drop a file here
choose-file = Choose a file
file-kinds = FHIR R4 as JSON or NDJSON, from a clinic, a health app or another record.
one-file-title = One file at a time
one-file = Choose one file. When it is in, add the next.
paste-instead = Paste text instead
paste-label = Text of a FHIR resource or bundle
paste-hint = JSON or NDJSON, as you copied it
paste-read = Read this text
where-from = Where do I get such a file?
where-from-clinic = Ask your clinic or look in its patient portal for “download my record” or “FHIR export”. Many health apps have an export too.
where-from-stays = The file is read on this device and sent nowhere.
add-failed-title = This could not be added
nothing-changed = Nothing in your record has changed.
add-choose-again = Choose another file
add-done-title = { $count ->
    [one] { $count } entry added
   *[other] { $count } entries added
  }
add-known-title = Nothing new in this file
add-done = Saved and signed on this device.
add-kept = What was stored before is kept. You can add the same file again: nothing comes in twice.
add-go-on = Go on with it
add-put-away = Leave out the rest
add-cancelled-title = Adding was stopped
add-see = See them in Timeline
add-another = Add another file
imported-added = { $count ->
    [one] { $count } new entry
   *[other] { $count } new entries
  }
imported-amended = { $count ->
    [one] { $count } new version of an entry that was there. The old one stays readable.
   *[other] { $count } new versions of entries that were there. The old ones stay readable.
  }
imported-known = { $count ->
    [one] { $count } was here already
   *[other] { $count } were here already
  }
imported-rejected = { $count ->
    [one] { $count } could not be read and was left out
   *[other] { $count } could not be read and were left out
  }
found-title = What is in this file
found-bundle = A FHIR bundle ({ $kind })
found-resource = One FHIR resource ({ $kind })
found-ndjson = FHIR, one resource a line
found-people = Whose entries belong into the record of { $name }?
found-nobody-title = The file names nobody
found-nobody = Its entries go into the record of { $name }. Look at them first if you are not sure.
found-unnamed = Entries that name nobody
found-filter = Find a person in this file
found-filter-hint = Name, birth date or reference
found-filter-none = Nobody in this file fits that
found-chosen = { $count ->
    [0] Nobody is chosen yet.
    [one] { $count } is chosen.
   *[other] { $count } are chosen.
  }
found-types = What it holds
found-known = { $count ->
    [one] { $count } of them is here already
   *[other] { $count } of them are here already
  }
found-import = { $count ->
    [one] Add { $count } entry
   *[other] Add { $count } entries
  }
found-import-none = Add entries
found-put-away = Put the file away
same = Same person
unclear = Cannot tell
different = Someone else
choose-person = Choose whose entries to add
different-title = This seems to be someone else
different-why = Name, birth date or sex differ from { $name }. Entries of the wrong person in a record can do harm.
different-confirm = I know that these entries are about { $name }
confirm-different = Tick that you know whose entries these are, or leave that person out
rejected-title = { $count ->
    [one] { $count } thing cannot be read
   *[other] { $count } things cannot be read
  }
rejected-why = They are left out. Everything else can be added.
rejected-more = { $count ->
    [one] and { $count } more
   *[other] and { $count } more
  }
at-line = Line { $line }:
at-place = Entry { $place }:
at-unknown = Somewhere:

# Write by hand
write-heading = Enter by hand
write-note = Choose what it is
write-save = Save
write-saved = Saved and signed on this device.
sort-symptom = Symptom
sort-measurement = Measurement
sort-medicine = Medicine
sort-allergy = Allergy or intolerance
sort-condition = Condition
sort-vaccination = Vaccination
sort-note = Note
sort-document = Document or picture
ask-file = The file
ask-file-hint = A PDF or a picture, at most { $size }
ask-document-title-hint = For example: letter from the eye clinic
ask-document-kind = What is it?
ask-document-day = Which day it is about
document-letter = Letter
document-laboratory = Laboratory report
document-imaging = Report of an X-ray or a scan
document-discharge = Hospital discharge letter
document-operation = Report of an operation
document-prescription = Prescription
document-vaccinations = Vaccination card
document-directive = Advance directive
document-insurance = Insurance card
document-photograph = Photograph
document-other = Something else
file-camera = Take a picture
file-other = Choose another file
file-about = { $kind }, { $size }
file-kind-pdf = PDF
file-kind-picture = Picture
file-kind-other = File
file-too-large = This file is larger than { $size }. Choose a smaller one.
file-unknown = This is neither a PDF nor a picture. Choose another file.
file-take-out = Take this file out
file-take-out-why = Outside of Chartchain the file is not encrypted any more.
files-heading = Files
draft-heading = You began to write this
draft-from = Kept on { $when }, encrypted on this device.
draft-go-on = Go on with your draft
draft-anew = Start anew
draft-anew-why = Starting anew throws the draft away.
draft-kept = Your draft is kept on this device.
draft-not-kept = Your draft could not be kept
draft-kept-at = Kept on { $when }
draft-two = You wrote this in two tabs
draft-two-why = Both texts are kept. Go on with one of them; the other one is thrown away then.
draft-go-on-with = Go on with this text
other-tab-wrote = Another tab wrote in this draft
other-tab-saved = Another tab saved this draft as an entry
other-tab-away = Another tab threw this draft away
other-tab-look = Another tab has this draft: choose
other-tab-both = Nothing was overwritten, and both texts are kept. Choose which one to go on with; the other one is thrown away then.
other-tab-alone = What you wrote here is not lost. Choose what happens with it.
other-tab-compare = See both side by side
other-tab-hide = Hide both texts
other-tab-here = Written here
other-tab-there = Written in the other tab, kept on { $when }
other-tab-mine = Keep mine
other-tab-mine-new = Go on with mine, as a new entry
other-tab-theirs = Take the other text
other-tab-throw = Throw mine away
other-tab-taken = The form has the other text now.
other-tab-stays = The form has your text, and it is kept.
other-tab-thrown = What you wrote there was thrown away.
optional = { $label } (optional)
choose = Choose
ask-symptom = What do you feel?
ask-symptom-hint = For example: headache
ask-began = When did it begin?
ask-ended = When did it end?
ask-severity = How bad is it?
ask-site = Where on the body
ask-comment = Anything else
ask-measured = What did you measure?
ask-number-hint = Enter it as the device shows it
ask-unit = Unit
ask-measured-when = When did you measure it?
ask-day-hint = For example 14 3 2026. The time by 24 hours, like 21:30, is optional.
ask-date-hint = For example 14 3 2026. Month and year, or the year alone, are enough.
ask-clock = Time
fill-now = Fill in now
fill-today = Fill in today
ask-medicine = Name of the medicine
ask-medicine-hint = As on its package
ask-taken = Do you take it now?
taken-current = Yes, I take it now
taken-planned = Not yet
taken-stopped = No longer
ask-dose = Dose
ask-dose-hint = For example: 5 mg, or 1 tablet
ask-how-often = How often
ask-times = How many times a day
ask-times-hint = Then the page of medicines asks for each dose.
ask-times-none = Not every day, or not known
times-a-day = { $count ->
    [1] Once a day
    [2] Twice a day
   *[other] { $count } times a day
}
ask-how-often-hint = For example: twice a day
ask-route = How it is taken
ask-route-hint = For example: by mouth
ask-reason = What it is for
ask-since = Since when
ask-until = Until when
ask-substance = What are you allergic to?
ask-substance-hint = For example: penicillin, peanuts
ask-reaction = What happens
ask-reaction-hint = For example: rash, trouble breathing
ask-certainty = How sure are you?
certainty-sure = Sure, or a test has shown it
certainty-suspected = It may be one
ask-condition = Name of the condition
ask-status = How is it now?
condition-active = It is there
condition-remission = It is better, but may come back
condition-inactive = It is not there now
condition-resolved = It is over
ask-vaccine = Vaccine, or against what
ask-vaccine-hint = For example: tetanus
ask-given = When was it given?
ask-place = Where it was given
ask-maker = Maker
ask-lot = Lot number
ask-title = Title
ask-text = Your note
ask-about-day = Which day it is about
measured-weight = Weight
measured-height = Height
measured-temperature = Body temperature
measured-pressure = Blood pressure
measured-pulse = Heart rate
measured-breaths = Breaths per minute
measured-oxygen = Oxygen in the blood
measured-sugar = Blood sugar
measured-hba1c = HbA1c
measured-cholesterol = Total cholesterol
measured-hdl = HDL cholesterol
measured-ldl = LDL cholesterol
measured-triglycerides = Triglycerides
measured-peak-flow = Peak flow
measured-waist = Waist
measured-head = Head circumference
value-with-unit = { $value } { $unit }
ask-heading = Please look again
ask-right = Is { $value } right?
ask-expected = Most values lie between { $low } and { $high }.
ask-upside-down = The lower number is mostly smaller than the upper one.
ask-keep = Yes, save it
ask-change = No, change it
wrong-missing = Fill in this field
wrong-measured = Choose what you measured
wrong-date-missing = Enter a date, for example 14 3 2026
wrong-number-missing = Enter a number, for example 72.5
wrong-file-missing = Choose a file
wrong-text-missing = Write your note
wrong-number = Enter a number with digits only, for example 72.5
wrong-date = Enter a date that exists, for example 14 3 2026
wrong-day-needed = Enter the day too
wrong-future = Enter a date that is not in the future
wrong-order = Enter an end that is not before the beginning
wrong-unit = Choose the unit
wrong-long = Make this shorter: at most { $size }
wrong-lasting = Choose that it is over or not there now, or leave out the end
wrong-other = Check this field
acts-heading = Change this entry
acts-old = This is an older version. You can change only the newest one.
acts-wrong = This was made in error. It cannot be changed any more.
acts-file = This comes from a file and stays as it came. You can add a note instead.
acts-note = Write a note
amend = Amend
amend-title = Amend this entry
amend-lead = The version before stays readable.
amend-none-title = This entry cannot be amended here
amend-none = It says things that this form has no fields for. You can write a note instead.
withdraw = Made in error
withdraw-question = Was this entry made in error?
withdraw-now = From now on
withdraw-now-why = it is not counted any more.
withdraw-stays = What stays:
withdraw-stays-why = the entry as you wrote it, readable as an old version.
withdraw-undo = To undo this
withdraw-undo-why = you write it again. This mark cannot be taken back.
withdraw-do = Mark as made in error
withdraw-keep = Keep it as it is
withdraw-done = Marked as made in error.
move = Belongs to somebody else
move-question = Does this entry belong to somebody else?
move-now = From now on
move-now-why = it stands in their record, signed by you, and is not counted here any more.
move-stays-why = the entry here, marked as made in error and readable as an old version.
move-undo-why = you write it again. The mark cannot be taken back.
move-whose = Whose entry is it?
move-missing = Choose whose entry it is
move-none = You keep no other record that it could belong to.
move-do = Move it to this record
move-done = Moved. Here it is marked as made in error.
erase = Erase
erase-question = Erase this entry for ever?
erase-now = From now on
erase-now-why = it is gone from this record with all its versions and files. Search and exports do not find it.
erase-now-versions = { $count ->
    [one] it is gone from this record with its { $count } version and its files. Search and exports do not find it.
   *[other] it is gone from this record with all its { $count } versions and their files. Search and exports do not find it.
  }
erase-stays = What stays:
erase-stays-why = that something was erased, and when. Everything else can still be verified.
erase-cannot = What this cannot do:
erase-cannot-why = reach files that you took out, backups that you made before, and copies that others made.
erase-undo = To undo this
erase-undo-why = there is no way.
erase-do = Erase for ever
erase-keep = Keep it
erase-done = Erased.

# Long work
job-import = Adding to the record
job-verify = Verifying everything
job-export = Taking out the record
job-paused = { $job } (paused)
job-of-entries = { $done } of { $total } entries
job-of-checks = { $done } of { $total } checked
job-beginning = Beginning…
job-leave = You can leave this page. It goes on.
pause = Pause
resume = Go on

# History
history-lead = Every block of your record, who signed it, and how firmly it holds.
verify-title = Verify everything
verify-what = Opens every block and entry and checks that each is exactly as it was signed.
verify-now = Verify now
verified-last = Last time without a fault: { $date }, { $count ->
    [one] { $count } block
   *[other] { $count } blocks
  }.
verified-never = Not verified on this device yet.
verify-cancelled-title = Verifying was stopped
verify-cancelled = Nothing was found so far, but not everything was looked at.
verdict-good = Everything holds
verdict-good-why = Nothing in this record has changed since it was signed.
verdict-bad = { $count ->
    [one] { $count } thing does not hold
   *[other] { $count } things do not hold
  }
verdict-bad-why = What is listed here is damaged or was changed after it was signed. Everything else holds.
verdict-bad-do = Take out a copy of what holds. If you have another copy of your record, keep it.
verdict-more = and { $count } more
verdict-blocks = { $count ->
    [one] { $count } block
   *[other] { $count } blocks
  }
verdict-signatures = { $count ->
    [one] { $count } signature checked
   *[other] { $count } signatures checked
  }
problem-at-block = Block { $block }:
problem-at-row = Block { $block }, entry { $row }:
problem-at-unknown = In the store:
problem-missing = it is not there
problem-seal = the seal of this device’s storage is broken
problem-malformed = it is not in the form it has to have
problem-signature = the signature does not fit
problem-chain = it does not follow the block before it
problem-content = its content is not what was signed
problem-entry = an entry in it was changed or cannot be opened
problem-index = the list shows something else than the block says
problem-forked = its author signed two blocks for the same place
problem-mended = something stored was damaged. It was known from elsewhere and is whole again; nothing is lost
problem-erased-is-back = something that was erased was stored again; it is erased anew
problem-rolled-back = older data was put in the place of newer data
blocks-all = All blocks
blocks-caption = Blocks, newest first
blocks-shown = (showing { $shown } of { $total })
written = Written
what = What
size = Size
size-bytes = { $count ->
    [one] { $count } byte
   *[other] { $count } bytes
  }
by-you-here = you, this device
by-other-device = another device
block-genesis = The record was founded
block-control = Members, devices and keys
block-file = Part of a file
block-erase = Entries erased
block-erased = Erased
block-ack = Confirmation
block-documents = Care plan, notes or about me
block-unknown = Made by a newer version, kept as it is
block-entries-with = { $count ->
    [one] { $first } and { $count } other entry
   *[other] { $first } and { $count } other entries
  }
needs-choice = Needs your choice
fork-title = Two versions of page { $seq }
fork-why = A device wrote the same page of its history twice, with different content. This happens when a phone is restored from a backup.
fork-calm = It does not mean that someone did wrong.
fork-save = Save the proof
words-mean = What the words mean
mean-recorded = On this device. Nobody else has confirmed it yet.
mean-witnessed = Another device holds it. A change would be noticed.
mean-final = Enough independent witnesses hold it. It cannot be changed unseen.
mean-quarantined = Marked as doubtful. It is shown and still counts.
mean-void = Well formed, but it breaks a rule of the record.
mean-today = This version keeps one copy, on this device, so entries say “Saved here”.

# Take out
take-out-lead = Save everything as a file that other health programs read.
format = File
format-hint = Both hold the same entries. NDJSON leaves out the full addresses that some links need: prefer the bundle to keep them.
format-bundle = One FHIR bundle (JSON): most programs read this
format-ndjson = One resource a line (NDJSON): for large records and researchers
take-out-lossless = Every entry goes out exactly as it came in, with every element and every digit.
take-out-question = Save your record without a seal?
take-out-now = From now on
take-out-now-why = whoever opens the file reads everything in it. It has no passphrase.
take-out-stays = What stays:
take-out-stays-why = your record on this device, sealed as before.
take-out-undo = To undo this
take-out-undo-why = delete the file everywhere it was copied to.
take-out-do = Save the file
take-out-keep = Do not save it
take-out-saving = Writing the file…
take-out-saved = Your record is saved as a file
take-out-holds = { $count ->
    [one] It holds { $count } resource, { $size }.
   *[other] It holds { $count } resources, { $size }.
  }
job-backup = Making a backup
job-of-blocks = { $done } of { $total } blocks
backup-title = Encrypted backup
backup-lead = One file with everything, in case you lose this device.
backup-open = Make an encrypted backup
backup-holds-all = It holds all your records, with all versions and signatures.
backup-restore = With it and your recovery words you get everything back, in any browser.
backup-words-title = Only your 24 recovery words open it
backup-words = Your passphrase does not. Keep the words and the file in different places.
backup-do = Make the backup
backup-saved = Your backup is saved
backup-size = { $count ->
    [one] It holds { $count } record, { $size }.
   *[other] It holds { $count } records, { $size }.
  }
backup-unreadable = { $count ->
    [one] { $count } block is damaged on this device and is not in the backup.
   *[other] { $count } blocks are damaged on this device and are not in the backup.
  }
backup-where = Your browser put it where downloads go. Move it off this device, for example to a memory stick.
backup-again = Make another one
restore-title = Bring back a backup
restore-lead = You need the backup file and your 24 recovery words.
restore-file = Backup file
restore-file-hint = Its name ends in .backup
restore-file-missing = Choose the backup file
restore-words-title = Your 24 recovery words
restore-passphrase-title = A passphrase for this device
restore-running = Bringing back your records…
restore-do = Bring back my records
start-restore = I have a backup
bring-back-open = Bring in a backup
bring-back-title = Bring in a backup
bring-back-lead = What is in the backup and missing here comes in. Nothing that is here changes.
bring-back-do = Bring it in
bring-back-done = Your backup is in
bring-back-added = { $count ->
    [0] Everything in it was here already.
    [one] { $count } signed block came in that was missing here.
   *[other] { $count } signed blocks came in that were missing here.
  }
bring-back-left-out = { $count ->
    [one] { $count } block of the backup could not be used.
   *[other] { $count } blocks of the backup could not be used.
  }
retired-title = This device has a new key
retired-why = This device was probably restored from a backup, because its own key had written more than was here.
retired-now = It writes with a new key from now on, so that nothing contradicts. You need to do nothing.
fault-not-a-backup = This file is no backup. Choose the file whose name ends in .backup
take-out-unreadable-title = Not everything could be read
take-out-unreadable = { $count ->
    [one] { $count } entry of this record is damaged on this device and is not in the file.
   *[other] { $count } entries of this record are damaged on this device and are not in the file.
  }
damaged = Part of this record cannot be read on this device any more.
damaged-label = Damage
damaged-do = See what, and take out the rest
damaged-short = Damaged
take-out-where = Look for it where your browser puts downloads.
take-out-again = Take out again
take-out-failed = The file could not be written

# Settings
settings-saved = Settings saved
settings-lock = Lock
settings-looks = Looks
network-title = Ways to other devices
network-hides = Other devices must not learn the address of this one
network-hides-why = Then all goes through the host's room or the server below. The host sees that you talk and how much, never what.
network-stun = STUN server
network-stun-hint = Helps two devices behind routers to find each other, for example: stun:stun.example.org:3478
network-turn = TURN server
network-turn-hint = Passes on what is sealed where nothing else works, for example: turn:turn.example.org:3478?transport=udp
network-user = Name at the TURN server
network-password = Password at the TURN server
network-what = In one house none is needed. A server learns the address of this device. All of this is kept sealed on this device only.
network-save = Save these ways
network-saved = Saved. New connections go so.
network-wrong-stun = Write it as stun:, the host and, if need be, a port: stun:stun.example.org:3478
network-wrong-turn = Write it as turn: or turns:, the host and, if need be, a port: turn:turn.example.org:3478
network-wrong-user = A TURN server wants a name and a password
connect-servers = This browser does not take the servers in the settings. Look at them there, or take them out.
connect-hidden = The settings say that other devices must not learn the address of this one. By codes they would. Use one link through the host, or change the settings.
settings-recovery = Recovery
settings-person = You
settings-storage = Storage
storage-used = Chartchain uses about { $used } here. The browser allows up to { $most }.
storage-lasts = The browser has promised not to delete it by itself.
storage-may-go = The browser may delete it when the device runs out of room. Take out a copy and keep it safe.
storage-offline = It also opens without a network.
storage-offline-not-yet = Soon it also opens without a network. It is still being stored here.
storage-offline-never = Without a network it does not open in this browser.
storage-ask = Ask the browser to keep it
storage-refused = The browser has not promised it now. It may do so when you use Chartchain often, or have installed it.
storage-unknown = This browser does not say how much room there is.
settings-leave = Delete from this device
auto-lock = Lock by itself after
auto-lock-hint = When nobody does anything, your keys are forgotten.
minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
  }
theme = Colours
theme-system = As the device
theme-light = Light
theme-dark = Dark
text-size = Text size
text-size-of = { $count }%
language = Language
language-failed = { $language } could not be loaded. You read English until it is.
settings-passphrase-why = It opens your record on this device.
passphrase-change-title = Change your passphrase
passphrase-change = Change passphrase
passphrase-old = Passphrase until now
passphrase-changed = Your passphrase is changed
settings-recovery-why = 24 words on paper, for when you forget your passphrase.
settings-recovery-do = Recovery words
switch-person = Switch person
settings-leave-why = Removes all your records and keys from this device, for ever.
settings-leave-do = Delete from this device

# Delete
delete-question = Delete all your records from this device?
delete-now = From now on
delete-now-why = your records and keys are gone from this device. Nobody can bring them back.
delete-stays = What stays:
delete-stays-why = files you took out, and records of other people on this device.
delete-undo = To undo this
delete-undo-why = there is no way. Take out a copy first.
delete-passphrase-hint = So that nobody deletes someone else’s record
delete-do = Delete everything of mine
delete-keep = Keep my records
delete-milder = You may want this first
delete-milder-take-out = Save your record as a file

# Recovery
recovery-title = Recovery card
recovery-lead = 24 words that open your record when you forget your passphrase. They do not contain it: keep a copy of your record too.
recovery-before-title = Before you begin
recovery-before = You need pen and paper. Write the words down in order, then type them back.
recovery-private = Look around: these words are for you alone. Take no photo.
recovery-show = Show the words
recovery-words-title = Write these words down
recovery-words-lead = In this order, with their numbers.
recovery-written = I have written them down
recovery-type-title = Type the words back
recovery-type-lead = From your paper. This shows that every word is right.
word-of = Word { $place }
word-check = Word { $place } (look again)
word-missing = Word { $place } (missing)
recovery-check = Check the words
recovery-look-again = Show the words again
recovery-missing-at = Enter word { $place }
recovery-missing-every = Type all 24 words
recovery-missing-all = Enter the missing words: { $places }
recovery-wrong-at = Word { $place } is not right. Look at your paper again
recovery-wrong-count = { $count ->
    [one] These are { $count } words, not 24
   *[other] These are { $count } words, not 24
  }
recovery-unknown-at = Word { $place } is not one of the words there are. Look at its spelling
recovery-meant-at = Word { $place } is not right. With “{ $meant }” in its place all words fit
recovery-swapped = Words { $first } and { $second } have changed places
recovery-others = These are not the recovery words of this person, or more than one is wrong
recovery-drill = Check my words again
recovery-done-title = Your recovery card is done
recovery-done = Every word is right.
recovery-already = Your recovery card is done. The words are no longer kept on this device.
recovery-keep = Keep the paper where you keep things that matter, away from this device.

# Other forms of the words
recovery-again-why = To print a sheet or save a recovery file, check your words again.
ways-title = Other ways to give the words
ways-picture = A picture of your recovery sheet
ways-picture-hint = Its square code holds the words. The picture does not leave this device.
ways-camera = Use the camera
ways-file = Your recovery file
ways-file-hint = Its name ends in .recovery
ways-file-passphrase = Passphrase of the file
ways-file-open = Open the file
ways-working = Looking…
ways-filled = All 24 words are filled in.
camera-hold = Hold the code on your sheet before the camera.
camera-picture = What the camera sees
camera-close = Turn the camera off
camera-refused = There is no picture from a camera. Allow the camera for this page, or choose a picture.
picture-too-large = This picture is too large. Choose one below 64 million pixels and 32 MB.
picture-none = This is no picture that can be read here. Choose a PNG or JPEG picture.
picture-no-code = There is no code in this picture that can be read. Take it closer, straight and in good light.
recovery-file-missing = Choose your recovery file
recovery-file-passphrase-missing = Enter the passphrase of the file
recovery-file-wrong = That is not the passphrase of this file. Try again.
sheet-open = Print a sheet
sheet-title = Recovery sheet
sheet-know-title = Before you print
sheet-know = Print at home: printers in shops and offices keep what they print. The sheet names nobody.
sheet-print = Print the sheet
sheet-drawing = Drawing the code…
sheet-made = Chartchain, made on { $date }
sheet-opens = These 24 words open the records of one person in Chartchain, on their device or from a backup.
sheet-not = They do not contain the records. Keep a second device or a backup too.
sheet-code = QR code of the 24 words
sheet-code-why = The square code holds the same 24 words.
sheet-use = To use it, open Chartchain and choose “Forgotten your passphrase?” or “I have a backup”.
sheet-keep = Whoever holds this sheet and the device or a backup can read everything. Keep them apart.
recovery-file-open = Save a recovery file
recovery-file-title = Recovery file
recovery-file-lead = Your 24 words in a small file, under a passphrase of its own.
recovery-file-know-title = Choose a passphrase for the file
recovery-file-know = Whoever gets the file can try passphrases for years. Four or more random words are good.
recovery-file-not = The file does not contain your record. Keep a backup too.
recovery-file-do = Save the file
recovery-file-saved = Your recovery file is saved
recovery-file-where = Keep it away from this device, and not beside a backup.

# Passkey
passkey = Passkey
passkey-why = A passkey opens your record with your finger, face or PIN. Your passphrase goes on to work.
passkey-passphrase-hint = So that nobody else adds a passkey to your record
passkey-add = Add a passkey
passkey-added = Your passkey is added
passkey-there = A passkey opens your record on this device, beside your passphrase.
passkey-remove = Remove the passkey
passkey-removed = Your passkey is removed. You can delete it in your browser or phone too.
passkey-impossible = This browser has no passkeys that can open a record. Your passphrase opens it.
passkey-unlock = Unlock with your passkey
passkey-no-secret = This passkey cannot open records. Your passphrase opens it.
passkey-refused = The passkey gave no answer. Try again, or use your passphrase.

# Obstacles
error-heading = There is a problem
problem-heading = There is a problem
not-found-title = There is no such page
not-found-why = The address may be old or mistyped.
not-found-safe = Your record here is safe.
not-found-home = Go to Home
new-version-label = New version
new-version = A new version is ready.
new-version-what = Loading it locks the record in all tabs. What is saved stays.
new-version-do = Load it now
new-version-later = Later

elsewhere-title = Open in another tab
elsewhere-why = Another tab or window of Chartchain does not let go of what is stored here.
elsewhere-what = Close it, then try again here.
elsewhere-use-here = Try again
unkept-heading = Not kept
unkept-why = The other tab had taken over when you typed this. Copy it if you need it.
broken-title = The store of this device does not answer
broken-what = Close other tabs of Chartchain, free some room on the device and try again.
unlisted-anew = Start without it
ended-title = Chartchain stopped
ended-safe = Everything that was saved is safe on this device. Only what you had not saved yet is gone.
ended-what = Reload the page and unlock your record.
ended-again = If it stops again, restart your browser. Check your connection if you open this page for the first time.
reload = Reload
insecure-title = This address is not safe enough
insecure-why = The browser gives keys and storage only to pages that come over HTTPS.
insecure-what = Open the same address with https:// or, on your own computer, with http://localhost.
no-storage-title = This window cannot keep a record
no-storage-why = The browser gives no storage here. Private windows often do not.
no-storage-what = Open Chartchain in a normal window. Nothing was stored.

# Faults
fault-wrong-passphrase = That is not the passphrase of this emblem. Try again.
fault-not-a-recovery-file = This file is no recovery file. Choose the file whose name ends in .recovery
fault-not-a-sheet = This code is not that of a recovery sheet. Choose a picture of your sheet.
fault-file-damaged = This file was changed, or is not whole. Try another copy of it.
fault-wrong-passkey = This passkey opens nobody here. Use your passphrase.
fault-retired = This device was probably restored from a backup. You can read everything here, but not add to it yet.
fault-not-steward = Another device decides who holds this record. Do it there, or with your recovery words.
retired-label = This device needs a new key
retired-do = Check your recovery words to go on writing
fault-passphrase-short = Choose a passphrase of at least 8 characters
fault-locked = Your record is locked. Unlock it first.
fault-no-ledger = No record is open. Open one first.
fault-not-found = This is not in your record, or no longer.
fault-storage-full = There is no room left on this device. Everything that was saved is safe, and nothing was half-written.
full-free-room = Delete files, photos or apps that you no longer need.
full-look = See under Settings how much room Chartchain uses.
full-again = Then try again. Adding the same file again brings nothing in twice.
fault-open-elsewhere = Another tab was writing at the same moment. Look whether your change is there, then try again.
fault-damaged = What is stored here was changed or damaged: { $place }. Verify everything under History.
fault-storage = The storage of this device failed: { $what }.
fault-lost = The browser found its storage damaged and deleted everything that was kept here.
fault-unlisted = A record is stored here, but Chartchain could not read whose it is.
fault-too-new = This was made by a newer version of Chartchain. Reload the page to get it.
fault-not-now = This is not possible now: { $why }.
unreadable-empty = There is nothing in it.
unreadable-encoding = It is not text in UTF-8 or UTF-16.
unreadable-not-json = It is not JSON: see line { $line }, column { $column }.
unreadable-not-fhir = It is JSON, but not a FHIR resource.
unreadable-version = It is FHIR { $version }. Only R4 can be read.
unreadable-too-deep = It is nested deeper than any record needs to be.
unreadable-too-large = It is larger than { $size }. Split it, or ask for NDJSON.
unreadable-format = It is { $format }, which cannot be read yet. Ask for FHIR as JSON.

# FHIR resource types
type-allergy = Allergies
type-care-plan = Care plans
type-care-team = Care teams
type-claim = Claims
type-composition = Documents in sections
type-condition = Conditions
type-coverage = Insurance
type-device = Devices
type-report = Reports of tests
type-document = Documents
type-encounter = Visits
type-benefit = Payment statements
type-goal = Goals
type-imaging = Imaging
type-immunization = Vaccinations
type-location = Places
type-medication = Medicines (names)
type-administration = Medicines given
type-prescription = Prescriptions
type-statement = Medicines taken
type-observation = Results and measurements
type-organization = Organizations
type-patient = People
type-practitioner = Clinicians
type-procedure = Procedures
type-provenance = Origins of entries
type-request = Requests

# The person's own care plan
nav-plan = My care plan
plan-title = My care plan
plan-lead = What you want to do for your health, and when.
plan-empty = Nothing to do yet
plan-empty-how = Write down what you want to do, once or again and again. It is told on your first page when its day comes.
plan-due = To do now
plan-due-none = Nothing is due today.
plan-later = Later
plan-settled = Done and stopped
count-things = { $count ->
    [one] { $count } thing
   *[other] { $count } things
}
home-to-do = To do
home-to-do-all = See the whole care plan
task = To do
task-add = Write down something to do
task-what = What do you want to do?
task-what-hint = For example: walk for 20 minutes.
task-how = How, or why
task-when = On which day?
task-when-hint = Leave this empty if it can be any day. If it repeats, give the first day.
task-repeat = How often?
task-save = Save
task-saved = Saved
task-any-time = Any time
task-on = { $date }
task-today = Today
task-tomorrow = Tomorrow
task-in-days = In { $count } days
task-late = Late: { $date }
task-done = Done
task-not-done = Not done
task-unmarked = Not marked
task-stopped = Stopped
task-removed = Removed
task-mark-done = Done
task-mark-not-done = Not done
task-undo = Undo
task-done-said = Marked as done
task-not-done-said = Marked as not done
task-undone-said = The mark is taken back
task-history = What became of it
task-end = Stop or remove
task-end-why = A stopped task keeps what you marked. A removed one is not shown any more.
task-stop = Stop this task
task-resume = Take it up again
task-remove = Remove
task-wrong-title = Write what you want to do
task-wrong-day = Give a day, a month and a year that exist, for example 27 3 2027
task-wrong-first-day = Give the first day, because this repeats
repeat-once = Once
repeat-day = Every day
repeat-week = Every week
repeat-days = Every { $count } days
repeat-month = Every month
repeat-year = Every year
repeat-months = Every { $count } months
contested-heading = Two devices say different things
contested-why = What stands in the form counts. Save it to keep it. The other device says:

# The person's own notes
nav-notes = My notes
notes-title = My notes
notes-lead = What you want to remember, ask or tell.
notes-empty = No notes yet
notes-empty-how = Write down a question for your next visit, or how you feel today. Only you can read it.
note = Note
note-new = New note
note-untitled = Without a title
note-changed = Changed { $date }
note-title = Title
note-text = Text
note-saves-itself = This saves itself while you write.
note-saving = Writing…
note-not-saved = Not saved yet
note-end = History and erasing
note-forget-why = Everything that ever stood in a note stays in its history. You can erase this history and keep what the note says now, or erase the whole note.
note-forget = Erase the history
note-forget-question = Erase the history of this note?
note-forget-now-why = the note says only what it says now. What stood there before is gone from this record.
note-forget-do = Erase the history
note-forget-keep = Keep the history
note-forgotten = The history of the note is erased
note-erase = Erase this note
note-erase-question = Erase this note for ever?
note-erase-now-why = it is gone from this record, with everything that ever stood in it.

# What the person tells about themselves
nav-about = About me
about-title = About me
about-lead = What others should know to treat you well. You write it yourself.
about-name = What do you like to be called?
about-languages = Languages you speak
about-blood = Blood group
about-blood-hint = As it stands on a card or a letter, for example A Rh positive.
about-phone = Phone
about-email = Email
about-address = Address
about-needs = What helps you
about-needs-hint = For example: hearing aid, wheelchair, interpreter.
about-wishes = What matters to you
about-wishes-hint = What you wish for, and what you do not want.
about-others = Another device says: { $others }
contacts = Whom to call
contacts-why = in an emergency
contact-relation = Who is this to you?
contact-add = Add this contact
contact-wrong-name = Write the name of the person to call

# People, devices, connecting
devices-title = People and devices
devices-lead = Everybody who holds this record, and where. All of them check every entry that comes.
devices-safe = { $count ->
    [one] Everything is on this device alone.
   *[other] Everything is safe on { $count } devices.
}
more-devices = Who holds this record, and connecting
this-device = This device
device-unnamed = A device without a name
device-since = Since
device-compared = Met by comparing a number
device-met = Connected last
device-letter = Letter left last
letters-title = What is new goes by itself
letters-why = Devices that are here at the same time find each other at the place that this app came from, and connect. Those that are not leave each other sealed letters there. Only the device that something is for can read it.
letters-seen = That place sees which devices meet, that letters come and go, how large they are, when, and from which address on the network. It sees neither what is in them nor whose record it is.
letters-do = Meet and leave letters by itself on this device
letters-under-way = Looking for letters
letters-off = This device goes there no more by itself. What is new goes over when you connect, or by file.
letters-not-kept = The place that this app came from keeps no letters. What is new goes over when both devices are here, or by file.
letters-done = All letters were fetched and left ({ $when }).
letters-done-unread = { $count ->
    [one] All letters were fetched and left ({ $when }). One could not be read and was thrown away. If something is missing, connect the devices.
   *[other] All letters were fetched and left ({ $when }). { $count } could not be read and were thrown away. If something is missing, connect the devices.
}
letters-unreachable = The place that keeps the letters cannot be reached. What is new is kept here, and left as soon as it can be.
letters-full = A box is full: the device that it is for has not fetched its letters for long. What is new is kept here, and left as soon as there is room.
letters-host = The place that keeps the letters does not answer as it should. What is new is kept here, and left as soon as it can be.
letters-engine = A letter could not be written or read on this device. It is tried again in some minutes. If it stays so, connect the devices or send a file.
device-has = Holds
device-everything = Everything that is here
device-unknown = Not known yet
device-lacks = { $count ->
    [one] All but { $count } block. It comes when you connect.
   *[other] All but { $count } blocks. They come when you connect.
}
device-in-letters = { $count ->
    [one] All but { $count } block, which waits for it in a letter
   *[other] All but { $count } blocks, which wait for it in letters
}
device-connected = Connected now
device-coming = Let in, not seen yet
device-not-let-in = Nobody let it in who may
device-forked = Two histories
device-forked-what = Two different histories were signed with the key of this device. It was copied or put back from a backup, or somebody else has its key.
device-forked-done = Both histories are kept and shown. What it wrote from there on is marked as quarantined, and still counts. Look at it, and mark what is not right as made in error.
device-forked-do = Remove this device, then let it in anew. It gets a new key.
device-suspended = Stopped
device-removed = Removed
device-decides = Decides
device-role = Who
device-headers = That there are entries, not what they say
device-nobody = Nobody here has this device any more.
this-device-called = { $name } (this device)
devices-undecided = No device decides any more who holds this record. With your recovery words this one can.
role-patient = You
role-delegate = Family or carer
role-clinician = Clinic
role-witness = Witness
role-patient-choice = Me: another device of mine
role-delegate-choice = Somebody of my family, or who cares for me
role-clinician-choice = A clinic, or somebody who treats me
role-witness-choice = A witness: confirms that nothing was altered, reads nothing
member-name = What everybody calls it
member-name-hint = Everybody who reads this record sees the name.
member-name-save = Save the name
member-named = The name is saved and signed.
member-stop = Stop it for now
member-stop-question = Stop “{ $name }” now?
member-stop-now = every device that hears of this gives it nothing more.
member-stop-undo = the device that decides lets it go on, or you do with your recovery words.
member-stopped = Stopped. Other devices hear of it when they connect.
member-resume = Let it go on
member-resume-question = Let “{ $name }” go on?
member-resume-now = it gets everything again, also what was written meanwhile.
member-resume-undo = stop it again at any time.
member-resumed = It gets everything again.
member-remove = Remove it
member-remove-question = Remove “{ $name }”?
member-remove-now = it gets nothing more, and what it writes from now on does not count. What it wrote before stays.
member-remove-undo = let it in again as a new device.
member-removed = Removed. Other devices hear of it when they connect.
member-read-stays = take back what it has read. That may stay with it.
member-also = “{ $name }” has let these in. Remove them too?
member-decide = Let it decide
member-decide-here = Let this device decide
member-decide-question = Let “{ $name }” decide who holds this record?
member-decide-now = it alone lets others in for good, removes them and gives them names.
member-decide-do = Yes, let it decide
member-decide-undo = it hands this on, or you take it back with your recovery words.
member-decided = Done. It decides from now on.
member-words = Your recovery words:
member-words-why = another device decides, so you are asked for them next.
member-words-title = Your recovery words
member-words-lead = They stand above every device. They are not kept here.
member-act-not = This cannot be done here now. The device that decides may do it.
member-act-no = No, go back
new-record-connect = Is the record on another device already, yours or that of somebody close to you?
a-record = A record
connect-title = Connect with another device
connect-lead = Everything goes sealed from one device to the other. With a code no server is in between.
connect-show = Show a code
connect-gives-title = What the code gives away
connect-gives = Only how to reach this device. Nothing from your record. You choose what to share in the next steps.
connect-read-title = Or read the code of the other device
connect-camera = Use the camera
connect-paste = Link or code
connect-paste-hint = Paste what the other device shows.
connect-read = Go on
connect-picture = Picture of a code
connect-picture-hint = For example a screenshot. It stays on this device.
connect-code = Code of this device
connect-code-title = Let the other device read this code
connect-code-lead = With its camera, or send the link to the person there.
connect-then-title = Then read the code that it shows
connect-answer-title = Now let the other device read this code
connect-answer-lead = It goes on by itself when the other device has read it.
connect-minutes = { $count ->
    [one] Works for { $count } more minute.
   *[other] Works for { $count } more minutes.
}
connect-waiting = Waiting for the other device
connect-connecting = Connecting
connect-connecting-why = Making a direct, sealed line.
connect-stop = Stop
connect-again = Start again
connect-failed = The devices did not find each other
connect-failed-why = The code was too old, or the networks do not let the two devices through. Your record is safe. Try with both devices in the same network.
connect-unsupported = This browser does not connect directly
connect-unsupported-why = It has no WebRTC, or it is switched off. Everything else works. Use another browser to connect, or a backup file.
connect-other = This is not a code for connecting. Paste the whole link that the other device shows.
connect-damaged = Some of the code is missing. Copy it once more, all of it.
connect-too-new = This code was made by a newer version of the app. Update the app on this device.
connect-other-kind = This code belongs to the other step. The first device shows its code, the second reads it and shows its own, and the first reads that.
connect-other-offer = This code answers another one, perhaps an older one. Let the other device read the code that is shown here now.
connect-no-address = This device is in no network, so that nobody can reach it. Connect to a network and try again.
copy-link = Copy the link
compare-title = Do both screens show this number?
compare-lead = Look at their screen, or let them read it aloud. Do not say it first.
compare-same = Yes, the same number
compare-different = No, another number
compare-waiting = Waiting for the person at the other device to say so too.
compare-why-title = Why compare?
compare-why = It proves that nobody sits between the two devices. It does not prove that the other person is who they say.
compare-differed = The numbers were different
met-title = The two devices know each other
met-lead = Nothing is shared yet. The device that wants to hold the record of the other one asks for it.
met-name = What is this device called?
met-name-hint = The person at the other device sees it and can change it, for example “Ida’s laptop”.
met-ask = Ask for the record that is open there
met-asked = Asked. The person at the other device decides.
let-in-title = Who is it?
let-in-lead = Another device asks to hold this record. Say who it belongs to.
let-in-name = What is it called?
let-in-name-hint = Everybody who reads this record sees the name.
let-in-role = To whom does it belong?
let-in-role-missing = Choose to whom the device belongs
let-in-next = Go on
let-in-headers = It reads nothing:
let-in-headers-why = it learns when something is written and how large it is, and can confirm that nothing was altered.
let-in-question = Let “{ $name }” hold this record?
let-in-gets = It gets everything:
let-in-gets-why = all entries, documents and notes of this record, also those that are written later.
let-in-writes = It can write:
let-in-writes-why = what is written there is signed by that device and appears here.
let-in-undo = You cannot take it back whole:
let-in-undo-why = what the other device has read, it may keep. Only let in devices of people whom you trust.
let-in-do = Yes, let it in
let-in-not = No, stop connecting
sharing-title = Connected
sharing-lead = What either of the two writes now appears on both at once.
sharing-open = Open the record
link-proving = Finding out who may have what
link-same = Both devices hold the same.
link-giving = Sending { $done } of { $total }
link-taking = { $count ->
    [one] { $count } block has come and was checked
   *[other] { $count } blocks have come and were checked
}
link-refused = The other device gets nothing of this record: it was never let in, was removed, or there is a copy of it.
link-refused-there = The other device gives nothing of this record to this one.
link-refused-blocks = { $count ->
    [one] { $count } block did not hold and was refused.
   *[other] { $count } blocks did not hold and were refused.
}
link-over = The line is closed
link-left = What has come is checked and stored. The rest follows when you connect again.
link-broken = What came was changed on its way, so that we stopped. What came before is checked and stored.
link-between = We stopped. Nothing was sent. Somebody may sit between the devices, or a code was old.
link-full = There is no room left on this device. What has come is stored. Free some room, then connect again.
backup-others-title = Not in this backup
backup-others = { $count ->
    [one] { $count } record that another device let this one into. Your words could not bring it back: connect with that device again instead.
   *[other] { $count } records that other devices let this one into. Your words could not bring them back: connect with those devices again instead.
}
connect-link-title = Connect with the device that sent this link?
connect-link-lead = This device then looks for the other one. Go on only if you know who sent it.
connect-link-do = Yes, connect
connect-link-busy = Another connection is open. Stop it first.
sharing-another = Share another record

# Files between devices
job-parcel = Making a file for other devices
fault-not-a-parcel = This file is not from another device of Chartchain. Choose one that ends in “.parcel” or “.request”.
fault-not-for-this-device = This file is for another device. Ask its sender to choose this one.
fault-not-a-request = This file is no request of another device.
moving-stop = Stop the pictures
moving-go-on = Go on
connect-files-title = No network, or far apart?
connect-files = Files do the same as a connection: by memory stick, messenger or in pictures. They are sealed for the device they are for.
send-title = Send a file
send-lead = It holds what other devices of this record lack, as far as that is known here.
send-nobody = Nobody else holds this record yet. Connect with another device, or open its request first.
send-to = For whom?
send-sealed-title = Only they can open it
send-sealed = The file is encrypted for these devices. Whoever carries it sees how large it is and nothing else.
send-choose = Choose at least one device.
send-make = Make the file
send-saved = The file is ready
send-size = { $count ->
    [one] { $count } block, { $size }
   *[other] { $count } blocks, { $size }
}
send-where = Your browser put it where downloads go. Give it to the other device, by memory stick or messenger.
send-number-title = Read this number to the other person
send-number = The other device shows a number when it opens the file. Both have to be the same.
send-moving-title = The same as moving pictures
send-moving = The camera of the other device can read it from this screen.
send-moving-show = Show the pictures
send-again = Make another one
open-title = Open a file
open-lead = A file or moving pictures from another device: what it gives you, or its request to be let in.
open-file = The file
open-file-hint = It ends in “.parcel” or “.request”. It stays on this device.
open-moving = Read moving pictures with the camera
open-reading = Reading the file
open-number-title = Compare this number first
open-number = The other device shows a number too. Ask the person there, by voice. If they differ, stop: the request is somebody else’s.
open-invited = Compare this number
open-invited-lead = The file lets this device hold a record. The person who sent it sees a number on their screen. Are both the same?
open-done = The file was read
open-added = { $count ->
    [0] Everything in it was here already.
    [one] { $count } block was new and is checked.
   *[other] { $count } blocks were new and are checked.
}
open-from = From: { $name }
open-reply-title = The other device lacks something
open-reply = { $count ->
    [one] { $count } block of this record was not there when the file was made. Send a file back.
   *[other] { $count } blocks of this record were not there when the file was made. Send a file back.
}
open-reply-make = Make a file for the answer
open-failed = The file could not be read
open-failed-stays = What was stored before stays, and the file can be read again.
ask-file-title = Ask by file
ask-file-lead = Without any connection: a request goes to the device that holds the record, its answer comes back as a file.
ask-file-make = Make the request
ask-file-open = Open the answer
ask-file-made = Give this request to the other device
ask-file-made-lead = There it is opened under People and devices, Open a file.
ask-file-number-title = Read this number to the person there
ask-file-number = Their device shows a number when it opens the request. Both have to be the same.

# Meeting through a relay
meet-make = Make one link for both
meet-make-why = With a network one link is enough. The server that this app comes from brings the two together; it reads nothing.
meet-title = Give this link to the other device
meet-lead = As soon as it is opened there, both go on by themselves. It works once.
meet-used = Somebody else has used this link already. Ask for a new one.
meet-refused = The server that this app comes from lets nobody meet there. Use a code instead.

# A visit, written by a clinic
visit-title = Visit
visit-not-yours = Visits are written by clinics
visit-not-yours-why = This device does not belong to this record as that of a clinic. What you write yourself goes under “Add”.
visit-ask = { $name }: { $question } { $expected }
visit-start = When it began
visit-unit = Unit?
visit-unit-of = Unit of { $name }
visit-last = last { $value }
visit-last-on = last { $value }, { $when }
visit-nth = { $label } ({ $number })
visit-another-medicine = Another medicine
visit-another-vaccine = Another vaccination
visit-rest-asked = These words of the quick line were not understood and will not be signed: { $words }
visit-keep = Sign it as it is
visit-no-known = The record says that there are no known allergies.
visit-none-noted = No allergies are noted in this record.
visit-write = Write a visit
visit-line = Quick line
visit-line-hint = Numbers in any order, for example: bp 136/82 hr 74 wt 81.4 kg temp 36.7 C
visit-understood = { $count ->
    [0] No number yet. Nothing is signed.
    [one] { $count } number. Nothing is signed yet.
   *[other] { $count } numbers. Nothing is signed yet.
  }
visit-not-understood = Not understood: { $words }. Put it into the note if it matters.
visit-reason = What the visit is for
visit-note-title = Visit note
visit-plan-title = Plan
visit-check = Check before prescribing
visit-medicine-heading = A medicine from now on
visit-medicine = Medicine
visit-dose = Dose
visit-how-often = How often
visit-vaccine-heading = A vaccination that was given
visit-vaccine = Vaccine
visit-lot = Lot
visit-asked = Look at this before you sign
visit-sign = Sign and save
visit-later = Sign later
visit-sign-hint = Ctrl and Enter in a field signs too. What is not signed is kept here, sealed.
visit-sign-for = Sign for { $name }, as { $who }
visit-signed = Signed and saved.
visit-wrong-empty = Write what was measured, said or done
visit-wrong-reason = Shorten what the visit is for
