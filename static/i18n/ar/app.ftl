# All words of the app in Arabic. One message a line, with the names of the English ones. Counted things have the six forms
# of the language. Where a message begins with what it is filled with, a mark says which way it runs.

app-name = Chartchain
tab-title = { $page } – Chartchain
tab-list = القيود
skip = انتقل إلى الصفحة
back = رجوع
cancel = إلغاء
continue = متابعة
not-now = ليس الآن
try-again = حاول مرة أخرى
opening = جارٍ الفتح…
opening-slow = يستغرق هذا وقتًا أطول من المعتاد. سجلك بأمان.
later-title = تعذّر تحميل هذه الصفحة
later-why = ربما انقطع الاتصال. لم يُفقد شيء: حاول مرة أخرى، أو تابع في مكان آخر.
someone = هذا الشخص
no-name = بلا اسم
number = { $count }
percent = { "\u2066" }{ $count }%{ "\u2069" }

# Frame
nav-label = السجل
nav-label-short = الصفحات الرئيسية
nav-home = الرئيسية
nav-timeline = الخط الزمني
nav-add = إضافة
nav-history = سجل التغييرات
nav-more = المزيد
nav-control = التحكم
nav-take-out = تصدير
nav-records = السجلات
nav-settings = الإعدادات
add-to-record = أضف إلى السجل
search = بحث
search-hidden = في سجلك
lock = قفل
lock-hidden = سجلك
saved-here = محفوظ هنا
saved-here-rest = على هذا الجهاز فقط
saved-here-more = { $count ->
    [zero] وعلى { $count } أجهزة أخرى
    [one] وعلى جهاز آخر
    [two] وعلى جهازين آخرين
    [few] وعلى { $count } أجهزة أخرى
    [many] وعلى { $count } جهازًا آخر
   *[other] وعلى { $count } جهاز آخر
}
saved-here-behind = وجزء منه على أجهزة أخرى
more-take-out = احفظ سجلك في ملف
more-records = انتقل إلى سجل آخر أو ابدأ سجلًا جديدًا
more-settings = القفل والألوان وحجم النص والاسترداد

# Sections and kinds
section-test-results = نتائج الفحوص
section-medicines = الأدوية
section-vitals = العلامات الحيوية
section-conditions = الأمراض
section-vaccinations = اللقاحات
section-documents = المستندات
section-allergies = الحساسية
section-visits = الزيارات
section-procedures = الإجراءات
section-plans = خطط الرعاية
kind-notes = ملاحظات
kind-lifestyle = نمط الحياة
kind-people = أشخاص
kind-providers = من قدّم الرعاية
kind-devices = أجهزة طبية
kind-payments = مدفوعات
kind-other = أخرى
kinds-all = الكل
kinds-label = أنواع القيود
empty-test-results = لا توجد نتائج فحوص في سجل { $name }
empty-medicines = لا توجد أدوية في سجل { $name }
empty-vitals = لا توجد علامات حيوية في سجل { $name }
empty-conditions = لا توجد أمراض في سجل { $name }
empty-vaccinations = لا توجد لقاحات في سجل { $name }
empty-documents = لا توجد مستندات في سجل { $name }
empty-allergies = لا توجد حساسية في سجل { $name }
empty-visits = لا توجد زيارات في سجل { $name }
empty-procedures = لا توجد إجراءات في سجل { $name }
empty-plans = لا توجد خطط رعاية في سجل { $name }
empty-how = أضف ملفًا من عيادة وسيظهر ما فيه هنا.
split-current = حالية ({ $count })
split-past = سابقة ({ $count })
medicines-current = الأدوية الحالية ({ $count })
medicines-past = الأدوية السابقة ({ $count })
medicines-paused = متوقفة مؤقتًا ({ $count })
medicines-planned = مخطط لها ({ $count })
medicines-unknown = لا يُعرف إن كانت تؤخذ ({ $count })
medicines-add = أضف دواءً
medicine-no-dose = لا توجد جرعة مكتوبة
medicine-as-needed = عند الحاجة
medicine-differ = المصادر مختلفة
medicine-for = السبب: { $reason }
medicine-since = منذ { $date }
medicine-others = { $count ->
    [zero] لا قيد آخر يذكره
    [one] قيد آخر يذكره
    [two] قيدان آخران يذكرانه
    [few] { $count } قيود أخرى تذكره
    [many] { $count } قيدًا آخر يذكره
   *[other] { $count } قيدًا آخر يذكره
}
standing-current = حالي
standing-paused = متوقف مؤقتًا
standing-planned = مخطط له
standing-unknown = لا يُعرف إن كان يؤخذ
standing-past = سابق
doses-today = اليوم، { $day }
doses-taken = أُخذت { $taken } من { $due }
doses-none = لا شيء مطلوب اليوم بحسب هذا السجل.
doses-free = بلا وقت محدد
dose-morning = الصباح
dose-midday = الظهر
dose-evening = المساء
dose-night = الليل
dose-any-time = أي وقت اليوم
dose-more = مدوَّن أيضًا
dose-of = الجرعة { $number } من { $due }
dose-taken = أُخذت
dose-taken-at = أُخذت في { $time }
dose-missed = فاتت
dose-given = أُعطيت
dose-not-given = لم تُعطَ
dose-undo = تراجع
dose-note = دوِّن جرعة
dose-no-times = لا يذكر السجل كم مرة في اليوم
dose-said-taken = دُوِّنت على أنها أُخذت
dose-said-missed = دُوِّنت على أنها فاتت
dose-said-undone = أُلغيت
log-last-days = الأيام السبعة الأخيرة
log-open = راجع ما أُخذ وما فات
log-title = ما أُخذ وما فات
log-title-of = { $name }: ما أُخذ وما فات
log-of-medicine = سجل { $name }
log-empty = لم يُدوَّن شيء بعد
log-empty-how = في صفحة الأدوية يمكنك أن تقول ما أخذته وما فاتك.
log-of = { $taken } من { $due }
log-so-far = { $taken } من { $due } حتى الآن
log-nothing = لا شيء مطلوب
log-others = أُخذت { $count }
log-week = أخذت { $taken } من { $due } جرعة مطلوبة.
log-week-missed = { $count ->
    [zero] لم تفتك أي جرعة.
    [one] فاتتك جرعة واحدة.
    [two] فاتتك جرعتان.
    [few] فاتتك { $count } جرعات.
    [many] فاتتك { $count } جرعة.
   *[other] فاتتك { $count } جرعة.
}
log-week-open = { $count ->
    [zero] لا جرعة بلا تدوين.
    [one] جرعة واحدة بلا تدوين.
    [two] جرعتان بلا تدوين.
    [few] { $count } جرعات بلا تدوين.
    [many] { $count } جرعة بلا تدوين.
   *[other] { $count } جرعة بلا تدوين.
}
log-week-empty = لم يُدوَّن شيء لهذه الأيام.
log-key-all = أُخذت كلها
log-key-missed = فات بعضها
log-key-open = بعضها بلا تدوين
weekday-short-1 = الاثنين
weekday-short-2 = الثلاثاء
weekday-short-3 = الأربعاء
weekday-short-4 = الخميس
weekday-short-5 = الجمعة
weekday-short-6 = السبت
weekday-short-7 = الأحد
card-title = بطاقة الطوارئ
card-lead = لمحفظتك أو للثلاجة. تُقرأ من دون هاتف.
card-heading = ملخص للطوارئ
card-born = تاريخ الميلاد: { $born }
card-allergies = الحساسية
card-allergies-none = لا توجد حساسية مدوَّنة في هذا السجل
card-allergies-known = لا شيء معروف، بحسب هذا السجل
card-conditions-none = لا توجد أمراض مدوَّنة في هذا السجل
card-conditions-known = لا شيء معروف، بحسب هذا السجل
card-medicines-none = لا توجد أدوية حالية مدوَّنة في هذا السجل
card-medicines-known = لا شيء معروف، بحسب هذا السجل
card-implants = الغرسات والأجهزة
card-implants-none = لا شيء مدوَّن في هذا السجل
card-implants-known = لا شيء معروف، بحسب هذا السجل
card-blood = فصيلة الدم
card-blood-none = غير مدوَّنة في هذا السجل
card-told = كما قال الشخص نفسه، دون قياس
card-needs = ما يساعد
card-call = اتصل بـ
card-call-none = لا أحد مدوَّن في هذا السجل
card-languages = يتكلم
card-languages-none = غير مدوَّن في هذا السجل
card-left-out = { $count ->
    [zero] لا قيد خارج هذه البطاقة.
    [one] قيد واحد ليس على هذه البطاقة.
    [two] قيدان ليسا على هذه البطاقة.
    [few] { $count } قيود ليست على هذه البطاقة.
    [many] { $count } قيدًا ليس على هذه البطاقة.
   *[other] { $count } قيدًا ليس على هذه البطاقة.
}
card-foot = أُعدت في { $today } مما في هذا السجل. كُتب أحدث قيد فيه في { $newest }. قد يوجد المزيد في أماكن أخرى.
card-print = اطبع البطاقة
card-choose = غيِّر ما عليها
card-choose-why = ما تزيل علامته يبقى في سجلك. يُحفظ اختيارك على هذا الجهاز.
card-choose-done = تم
card-warning = من يحمل الورقة يستطيع قراءتها
card-warning-why = الورق بلا قفل. إذا فقدته فلا يمكنك استرجاعه.
card-print-now = اطبعها
card-print-not = ليس الآن
intake-title = استمارة الزيارة الأولى
intake-lead = ما تسأل عنه العيادة في الزيارة الأولى، معبأ من هذا السجل.
intake-person = من
intake-none = لا شيء مدون في هذا السجل.
intake-more = { $count ->
    [zero] ولا شيء آخر
    [one] وواحد آخر
    [two] واثنان آخران
    [few] و{ $count } أخرى
    [many] و{ $count } أخرى
   *[other] و{ $count } أخرى
}
intake-print = طباعة الاستمارة
intake-write = تصحيح وتوقيع
intake-check = راجعها مع الشخص. صحح هنا ما ليس كذلك؛ ما يُوقّع هو ملاحظة في السجل.
intake-foot = أُعدّت في { $today } مما في هذا السجل. قد يوجد المزيد في أماكن أخرى.
rest-in-timeline = اعرض الباقي في الخط الزمني

# Banner
banner-label = صاحب هذا السجل
born = تاريخ الميلاد
born-on = الميلاد: { $date }
born-with-age = { "\u200F" }{ $date } ({ $age })
died = الوفاة
died-unknown = التاريخ غير معروف
sex = الجنس
sex-female = أنثى
sex-male = ذكر
sex-other = آخر
sex-unknown = غير معروف
made-up = شخص مُختلَق. هذا ليس سجلًا حقيقيًا.
made-up-short = شخص مُختلَق
allergies = الحساسية:
allergies-label = الحساسية
allergies-none-known = لا حساسية معروفة، بحسب السجل.
allergies-none-noted = لم تُدوَّن أي حساسية في هذا السجل.
severity-high = خطر مرتفع
severity-low = خطر منخفض
severity-severe = شديدة
severity-moderate = متوسطة
severity-mild = خفيفة
severity-unknown = الخطر غير معروف

# First start
start-title = سجلك الصحي معك أينما كنت
start-lead = يعمل بلا إنترنت. لا يقرؤه إلا من يعرف عبارة مرورك.
start-begin = ابدأ سجلي
start-begin-note = أولى قيودك خلال 60 ثانية تقريبًا
start-try = جرّب بشخص مُختلَق
start-try-note = استكشف أولًا. لا يُحفظ شيء مما تفعله هناك.
start-unlock = افتح سجلًا على هذا الجهاز
promise-sealed = مشفّر بعبارة مرورك على هذا الجهاز
promise-offline = لا يُرسَل شيء إلى أي مكان. لا يوجد حساب.
promise-unchanged = لا يستطيع أحد تغيير قيد دون أن يظهر ذلك
text-larger = نص أكبر
text-normal = نص عادي
colours-dark = ألوان داكنة
colours-light = ألوان فاتحة
colours-system = ألوان هذا الجهاز
safari-title = قبل أن تبدأ على هذا الجهاز
safari-why = قد يحذف Safari سجلًا لم تفتحه منذ 7 أيام.
safari-what = أضف Chartchain إلى الشاشة الرئيسية أولًا: اختر مشاركة، ثم إضافة إلى الشاشة الرئيسية.

gone-title = كان هنا سجل محفوظ
gone-why = حذفه هذا المتصفح، أو محا أحد بياناته. يحدث ذلك عندما تنفد المساحة أو بعد مدة بلا استعمال.
gone-what = تعيده نسخة احتياطية مع كلمات الاسترداد.
gone-fine = أعلم ذلك، ابدأ من جديد

# New person and new record
passphrase-title = اختر عبارة مرور
passphrase-lead = تفتح سجلك على هذا الجهاز.
try-title = استكشف بشخص مُختلَق
try-lead = يجري اختلاق السجل. لا يُحفظ شيء مما تفعله فيه: ينتهي عندما تقفله أو تغلق الصفحة.
passphrase = عبارة المرور
private-window = لا تبدأ في نافذة خاصة: يزول السجل عندما تغلقها. إن سأل المتصفح هل يخزّن البيانات فوافق، حتى لا يحذف سجلك من تلقاء نفسه.
passphrase-hint = أربع كلمات لا رابط بينها خيار جيد، مثل «نحاس بلشون سبعة مصابيح». 8 أحرف على الأقل.
passphrase-again = عبارة المرور مرة أخرى
passphrase-differs = العبارتان مختلفتان. اكتب العبارة نفسها مرتين.
passphrase-missing = أدخل عبارة مرورك
passphrase-know-title = لا أحد يستطيع إعادة تعيينها
passphrase-know = عبارة مرورك ليست عندنا. بعد هذا تحصل على 24 كلمة استرداد لتكتبها.
show = إظهار
hide = إخفاء
show-passphrase = إظهار عبارة المرور
hide-passphrase = إخفاء عبارة المرور
sealing = جارٍ التشفير… يستغرق بضع ثوانٍ
strength-short = قصيرة جدًا: 8 أحرف على الأقل.
strength-weak = سهلة التخمين. أضف كلمة أو كلمتين.
strength-fair = مقبولة. كلمة أخرى تجعلها قوية.
strength-strong = قوية.
new-record-title = لمن هذا السجل؟
new-record-lead = لك، أو لشخص ترعاه.
name = الاسم
name-hint = كما تكتبه العيادات
name-missing = أدخل اسمًا
birth-date = تاريخ الميلاد
birth-hint = مثلًا 14 3 1968. اتركه فارغًا إن كنت لا تعرفه.
birth-wrong = أدخل يومًا قد مضى، مثل 14 3 1968
day = اليوم
month = الشهر
year = السنة
sex-label = الجنس في السجلات الصحية
sex-female-long = أنثى
sex-male-long = ذكر
sex-other-long = آخر
sex-unsaid = غير مذكور
new-record-begin = ابدأ هذا السجل
new-record-or = أو استكشف أولًا
new-record-made-up = السجل المُختلَق منفصل عن سجلك ولا يختلط به أبدًا.
founding = جارٍ بدء السجل…
emblem-yours = شعارك هو «{ $word }». يظهر على شاشة القفل بدلًا من اسمك.
emblem-why = شعارك. لا يُحفظ اسمك مكشوفًا.

# Unlock
unlock-who = من أنت؟
unlock-who-lead = اختر شعارك. لا تُحفظ أسماء مكشوفة.
unlock-title = افتح سجلك
unlock = فتح
unlocking = جارٍ الفتح…
unlock-someone-else = شخص آخر
unlock-other = شخص جديد على هذا الجهاز
unlock-add-person = إضافة شخص
locked-asked = مقفل. لم تعد مفاتيحك في الذاكرة.
locked-idle = قُفل لأن أحدًا لم يفعل شيئًا منذ مدة.
locked-other-tab = قُفل لأنه أُقفل في علامة تبويب أخرى.
forgotten-title = هل نسيت عبارة مرورك؟
forgotten-head = لا أحد يستطيع معرفتها
forgotten = جرّب العبارات التي تستعملها أكثر، بمسافات وبدونها. كلمات الاسترداد الـ24 تفتح سجلك أيضًا.
forgotten-use-words = استعمال كلمات الاسترداد
forgotten-words-title = افتح بكلمات الاسترداد
forgotten-words-lead = اكتب الكلمات الـ24 من ورقتك.
forgotten-new-title = اختر عبارة مرور جديدة
forgotten-open = افتح سجلي
forgotten-else-title = لا تجد كلماتك؟
forgotten-file = هل لديك ملف استرداد؟ افتحه أعلاه، تحت «طرق أخرى لإعطاء الكلمات».
forgotten-device = هل سجلك مفتوح على جهاز آخر؟ أنشئ هناك نسخة احتياطية وتحقق هناك من الكلمات.
forgotten-else = بلا عبارة المرور أو الكلمات أو ملف الاسترداد لا يستطيع أحد فتح هذا السجل هنا، ولا حتى نحن.

# Emblems
emblem-heron = بلشون
emblem-lantern = فانوس
emblem-kite = طائرة ورقية
emblem-anchor = مرساة
emblem-acorn = بلوطة
emblem-bell = جرس
emblem-teapot = إبريق شاي
emblem-compass = بوصلة
emblem-feather = ريشة
emblem-fish = سمكة
emblem-lighthouse = منارة
emblem-moon = قمر
emblem-mountain = جبل
emblem-mushroom = فطر
emblem-pear = كمثرى
emblem-sailboat = مركب شراعي
emblem-shell = صدفة
emblem-snail = حلزون
emblem-star = نجمة
emblem-tree = شجرة
emblem-umbrella = مظلة
emblem-tulip = زنبقة
emblem-cup = فنجان
emblem-bridge = جسر

# Records
records-title = السجلات
records-lead = أي سجل تريد أن تفتح؟
records-search = ابحث عن شخص
records-search-hint = بالاسم أو تاريخ الميلاد، مثلا: ana ruiz 1970
records-found = { $count ->
    [zero] لم يُعثر على أحد.
    [one] سجل واحد
    [two] سجلان
    [few] { $count } سجلات
    [many] { $count } سجلا
   *[other] { $count } سجل
}
records-more = { $count ->
    [zero] لا مزيد.
    [one] هناك سجل آخر: اكتب المزيد من الاسم.
    [two] هناك سجلان آخران: اكتب المزيد من الاسم.
    [few] هناك { $count } سجلات أخرى: اكتب المزيد من الاسم.
    [many] هناك { $count } سجلا آخر: اكتب المزيد من الاسم.
   *[other] هناك { $count } سجل آخر: اكتب المزيد من الاسم.
}
records-new = ابدأ سجلًا آخر
records-apart = كل سجل دفتر مستقل. السجلات لا تختلط أبدًا.
record-open = مفتوح الآن

# Home
home-title = سجلك الصحي
home-empty = سجل { $name } فارغ
home-empty-how = أضف ملفًا من عيادة أو تطبيق. يبقى على هذا الجهاز.
home-latest = أحدث القيم
home-medicines = الأدوية الحالية
home-medicines-all = اعرض كل الأدوية
home-new = الجديد
home-new-order = الأحدث وصولًا أولًا
home-see-all = اعرض الكل في الخط الزمني
home-copies = النسخ
home-record = سجلك
count-medicines = { $count ->
    [zero] لا أدوية
    [one] دواء واحد
    [two] دواءان
    [few] { $count } أدوية
    [many] { $count } دواءً
   *[other] { $count } دواء
  }
count-entries = { $count ->
    [zero] لا قيود
    [one] قيد واحد
    [two] قيدان
    [few] { $count } قيود
    [many] { $count } قيدًا
   *[other] { $count } قيد
  }
copies-one = محفوظ على هذا الجهاز فقط
copies-why = إن فقدته ضاع السجل. استخرج نسخة واحفظها في مكان آمن.
copies-more = { $count ->
    [zero] على { $count } أجهزة
    [one] على جهاز واحد
    [two] على جهازين
    [few] على { $count } أجهزة
    [many] على { $count } جهازًا
   *[other] على { $count } جهاز
}
copies-more-why = كل جهاز من هذه الأجهزة يحفظ كل شيء. النسخة التي تُخرجها تنفعك إن ضاعت كلها.
copies-behind = ليس كاملًا بعد على جهاز آخر
copies-behind-why = ينقص أجهزةً أخرى شيءٌ منه. ينتقل عندما تتصل، أو من تلقاء نفسه.
copies-do = استخرج نسخة
copies-backup = آخر نسخة احتياطية: { $date }
recovery-card-title = بطاقة الاسترداد: لم تكتمل
recovery-card-done = تم:
recovery-card-open = بقي:
recovery-card-words = كتابة كلمات الاسترداد والتحقق منها
recovery-card-backup = نسخة احتياطية من سجلك
recovery-card-backup-on = آخر نسخة احتياطية في { $date }
recovery-card-backup-why = كلماتك تفتح سجلك لكنها لا تحويه. النسخة الاحتياطية تحويه.
recovery-card-backup-time = دقيقة واحدة تقريبًا.
recovery-card-why = أُنشئت كلمات الاسترداد الـ24 في { $date }. اكتبها: تفتح سجلك إذا نسيت عبارة مرورك.
recovery-card-do = أكمل بطاقة الاسترداد
recovery-card-time = نحو 4 دقائق. تحتاج إلى ورقة وقلم.
usual = المعتاد { $range }
analytes-caption = { $count ->
    [zero] لا شيء مقيس
    [one] شيء واحد مقيس، مع أحدث قيمة له
    [two] شيئان مقيسان، مع أحدث قيمة لكل منهما
    [few] { $count } أشياء مقيسة، مع أحدث قيمها
    [many] { $count } شيئًا مقيسًا، مع أحدث قيمها
   *[other] { $count } شيء مقيس، مع أحدث قيمها
  }
analyte-name = المقيس
analyte-values = { $count ->
    [zero] لا قيم
    [one] قيمة واحدة
    [two] قيمتان
    [few] { $count } قيم
    [many] { $count } قيمة
   *[other] { $count } قيمة
  }
no-range = لم يُذكر نطاق معتاد
no-meaning = لم يُذكر
others-heading = تقارير وقيود أخرى
review-newest = أحدث قيمة
source-unknown = غير مسمّى
review-over-time = راجع { $name } مع الوقت
open-thing = افتح { $name }
before = قبل ذلك
no-date = بلا تاريخ

# Timeline
search-label = ابحث في سجلك
search-example = مثلًا: سكر الدم، د. مارش
from-whom = ممن
everyone = الجميع
source-count = { "\u200F" }{ $source } ({ $count })
when = متى
period-all = كل الوقت
period-3-months = آخر 3 أشهر
period-12-months = آخر 12 شهرًا
period-5-years = آخر 5 سنوات
period-10-years = آخر 10 سنوات
print = اطبع أو احفظ
showing = { $shown ->
    [zero] لا يُعرض شيء من { $total }
    [one] يُعرض قيد واحد من { $total }، الأحدث أولًا
    [two] يُعرض قيدان من { $total }، الأحدث أولًا
    [few] تُعرض القيود من 1 إلى { $shown } من { $total }، الأحدث أولًا
    [many] تُعرض القيود من 1 إلى { $shown } من { $total }، الأحدث أولًا
   *[other] تُعرض القيود من 1 إلى { $shown } من { $total }، الأحدث أولًا
  }
shown-of = معروض { $shown } من { $total }
show-more = اعرض { $count } أخرى
filters-clear = اعرض كل شيء
nothing-found = لم يُعثر على شيء
nothing-found-how = جرّب كلمات أقل أو كتابة أخرى أو مرشحات أقل.
month-unknown = بلا تاريخ
from-you = أدخلته أنت
from-source = سجّله { $source }
from-signer = كتبه ووقّعه { $name }
from-file-of = جلبه { $name }
from-file = جلبته أنت
from-you-after = أدخلته أنت، وكتبه أولا { $first }
from-signer-after = كتبه ووقّعه { $name }، وكتبه أولا { $first }
from-source-of = سجله { $source }، وأضافه { $name }
signer-patient = المريض
signer-nobody = شخص لا ينتمي إلى هذا السجل
signer-named = { $name } ({ $role })
signed-first-by = كتبه ووقّعه أولا: { $first }
flag-wrong = أُدخل خطأً
flag-superseded = نسخة أقدم

# Entry
entry = قيد
result = النتيجة
usual-range = النطاق المعتاد
what-it-means = ما معناه
detail = التفصيل
status = الحالة
full-name = الاسم الكامل
recorded = من
over-time = مع الوقت
series-caption = { "\u200F" }{ $name }، الأحدث أولًا
taken = الوقت
value = القيمة
this-one = { $when } (هذا)
no-data = لا بيانات
trend-title = { $name } مع الوقت
trend-how = رسم للقيم مع الوقت. تنقلك مفاتيح الأسهم من قيمة إلى قيمة. القيم نفسها في الجدول.
trend-no-unit = لم تُكتب وحدة
trend-point = { "\u200F" }{ $when }: { $value }
trend-point-meaning = { "\u200F" }{ $point }. { $meaning }
trend-here = هذه هي القيمة التي تقرؤها.
trend-open = افتح هذا القيد
review-open = افتح أحدث قيد
trend-upper = الرقم الأعلى
trend-lower = الرقم الأدنى
trend-less-than = أقل من هذا
trend-more-than = أكثر من هذا
trend-gap = لا قيم
trend-gap-hours = لبضع ساعات
trend-gap-row = لا قيم: { $time }
trend-table-show = اعرض كجدول
trend-table-hide = أخفِ الجدول
trend-rose = ارتفع من { $first } إلى { $last } بين { $from } و{ $to }.
trend-fell = انخفض من { $first } إلى { $last } بين { $from } و{ $to }.
trend-level = { $last } في البداية ({ $from }) وفي النهاية ({ $to }).
trend-pressure = من { $first } إلى { $last } بين { $from } و{ $to }.
trend-highest = أعلى قيمة بينهما { $high } في { $high_when }.
trend-lowest = أدنى قيمة بينهما { $low } في { $low_when }.
trend-between = بينهما، أعلى قيمة { $high } ({ $high_when }) وأدنى قيمة { $low } ({ $low_when }).
trend-all-high = { $count ->
    [zero] لا قيم فوق النطاق المعتاد.
    [one] القيمة فوق النطاق المعتاد.
    [two] القيمتان كلتاهما فوق النطاق المعتاد.
    [few] كل القيم ({ $count }) فوق النطاق المعتاد.
    [many] كل القيم ({ $count }) فوق النطاق المعتاد.
   *[other] كل القيم ({ $count }) فوق النطاق المعتاد.
  }
trend-all-low = { $count ->
    [zero] لا قيم تحت النطاق المعتاد.
    [one] القيمة تحت النطاق المعتاد.
    [two] القيمتان كلتاهما تحت النطاق المعتاد.
    [few] كل القيم ({ $count }) تحت النطاق المعتاد.
    [many] كل القيم ({ $count }) تحت النطاق المعتاد.
   *[other] كل القيم ({ $count }) تحت النطاق المعتاد.
  }
trend-all-within = { $count ->
    [zero] لا قيم ضمن النطاق المعتاد.
    [one] القيمة ضمن النطاق المعتاد.
    [two] القيمتان كلتاهما ضمن النطاق المعتاد.
    [few] كل القيم ({ $count }) ضمن النطاق المعتاد.
    [many] كل القيم ({ $count }) ضمن النطاق المعتاد.
   *[other] كل القيم ({ $count }) ضمن النطاق المعتاد.
  }
trend-newest-high = أحدث قيمة فوق النطاق المعتاد.
trend-newest-low = أحدث قيمة تحت النطاق المعتاد.
trend-newest-within = أحدث قيمة ضمن النطاق المعتاد.
trend-outside = { $count ->
    [zero] عدد القيم التي لها نطاق معتاد { $total }، ولا واحدة خارجه.
    [one] عدد القيم التي لها نطاق معتاد { $total }، واحدة منها خارجه.
    [two] عدد القيم التي لها نطاق معتاد { $total }، اثنتان منها خارجه.
    [few] عدد القيم التي لها نطاق معتاد { $total }، منها { $count } خارجه.
    [many] عدد القيم التي لها نطاق معتاد { $total }، منها { $count } خارجه.
   *[other] عدد القيم التي لها نطاق معتاد { $total }، منها { $count } خارجه.
  }
trend-range-changed = تغيّر النطاق المعتاد مع الوقت. النطاق المظلل هو الأحدث.
trend-limits = { $count ->
    [zero] لا قيم معروفة بحدّ فقط.
    [one] قيمة واحدة لا يُعرف عنها إلا أنها أقل أو أكثر من حدّ. تُرسم سهمًا عند الحدّ.
    [two] قيمتان لا يُعرف عنهما إلا أنهما أقل أو أكثر من حدّ. تُرسمان سهمين عند الحدّ.
    [few] { $count } قيم لا يُعرف عنها إلا أنها أقل أو أكثر من حدّ. تُرسم أسهمًا عند الحدّ.
    [many] { $count } قيمة لا يُعرف عنها إلا أنها أقل أو أكثر من حدّ. تُرسم أسهمًا عند الحدّ.
   *[other] { $count } قيمة لا يُعرف عنها إلا أنها أقل أو أكثر من حدّ. تُرسم أسهمًا عند الحدّ.
  }
trend-spans = الخط الأفقي يبيّن المدة التي قد يقع فيها تاريخ كُتب بلا يوم.
trend-thinned = رُسمت { $drawn } من { $total } قيمة: الأعلى والأدنى في كل مدة من الوقت.
trend-newest-only = هذه أحدث القيم، { $count } من { $total }.
trend-converted = { $count ->
    [zero] لا قيم محوّلة.
    [one] قيمة واحدة كُتبت بوحدة أخرى. تُرسم محوّلة، والجدول يعرض الرقمين.
    [two] قيمتان كُتبتا بوحدة أخرى. تُرسمان محوّلتين، والجدول يعرض الرقمين.
    [few] { $count } قيم كُتبت بوحدة أخرى. تُرسم محوّلة، والجدول يعرض الرقمين.
    [many] { $count } قيمة كُتبت بوحدة أخرى. تُرسم محوّلة، والجدول يعرض الرقمين.
   *[other] { $count } قيمة كُتبت بوحدة أخرى. تُرسم محوّلة، والجدول يعرض الرقمين.
  }
trend-both-units = { "\u2066" }{ $written } ({ $drawn }){ "\u2069" }
trend-withdrawn = { $count ->
    [zero] لم تُترك أي قيمة.
    [one] تُركت قيمة واحدة أُدخلت خطأً.
    [two] تُركت قيمتان أُدخلتا خطأً.
    [few] تُركت { $count } قيم أُدخلت خطأً.
    [many] تُركت { $count } قيمة أُدخلت خطأً.
   *[other] تُركت { $count } قيمة أُدخلت خطأً.
  }
trend-ranges = { $count ->
    [zero] لا قيم معروفة بنطاق فقط.
    [one] قيمة واحدة لا يُعرف منها إلا نطاق. تُرسم شريطًا.
    [two] قيمتان لا يُعرف منهما إلا نطاق. تُرسمان شريطين.
    [few] { $count } قيم لا يُعرف منها إلا نطاق. تُرسم أشرطة.
    [many] { $count } قيمة لا يُعرف منها إلا نطاق. تُرسم أشرطة.
   *[other] { $count } قيمة لا يُعرف منها إلا نطاق. تُرسم أشرطة.
  }
trend-between-two = في موضع ما بينهما
trend-units = تأتي القيم بوحدات مختلفة، عددها { $count }. لا توضع وحدات مختلفة على مقياس واحد أبدًا.
trend-not-drawn = { $count ->
    [zero] كل القيم مرسومة.
    [one] قيمة واحدة في الجدول فقط: ليس لها رقم أو تاريخ، أو هي وحيدة في وحدتها.
    [two] قيمتان في الجدول فقط: ليس لهما رقم أو تاريخ، أو كلٌّ منهما وحيدة في وحدتها.
    [few] { $count } قيم في الجدول فقط: ليس لها رقم أو تاريخ، أو كل منها وحيدة في وحدتها.
    [many] { $count } قيمة في الجدول فقط: ليس لها رقم أو تاريخ، أو كل منها وحيدة في وحدتها.
   *[other] { $count } قيمة في الجدول فقط: ليس لها رقم أو تاريخ، أو كل منها وحيدة في وحدتها.
  }
more-facts = ماذا يقول أيضًا
linked = مرتبط بـ
versions = النسخ
versions-note = لا يُكتب فوق شيء: النسخ الأقدم تبقى مقروءة.
versions-unlisted = { $count ->
    [zero] لا توجد نسخ أقدم غير معروضة هنا.
    [one] نسخة أقدم أخرى محفوظة وغير معروضة هنا.
    [two] نسختان أقدم أخريان محفوظتان وغير معروضتين هنا.
    [few] { $count } نسخ أقدم أخرى محفوظة وغير معروضة هنا.
    [many] { $count } نسخة أقدم أخرى محفوظة وغير معروضة هنا.
   *[other] { $count } نسخة أقدم أخرى محفوظة وغير معروضة هنا.
  }
versions-all = النسخ الأقدم من القيود أيضًا
flag-disputed = نسخ مختلفة
versions-until = حتى
versions-name = الاسم
versions-live = { $count ->
    [zero] لا نسخ من هذا القيد
    [one] نسخة واحدة من هذا القيد
    [two] نسختان من هذا القيد
    [few] { $count } نسخ من هذا القيد
    [many] { $count } نسخة من هذا القيد
   *[other] { $count } نسخة من هذا القيد
  }
versions-why = غيّرته أجهزة لم يعلم بعضها ببعض. لم يضع شيء، وتُعرض كل النسخ إلى أن يحسم أحد الأمر.
versions-open = قارن واحسم
versions-title = نسخ هذا القيد
versions-lead = أبقِ النسخة الصحيحة أو اكتبه من جديد.
versions-by = النسخة: { $name }
versions-differs = مختلف في نسخة أخرى
versions-keep = أبقِ هذه
versions-keep-about = من { $name }، وُقّعت { $when }
versions-more = { $count ->
    [zero] لا توجد نسخ أخرى.
    [one] هناك نسخة أخرى. تظهر بعد حسم هذه.
    [two] هناك نسختان أخريان. تظهران بعد حسم هذه.
    [few] هناك { $count } نسخ أخرى. تظهر بعد حسم هذه.
    [many] هناك { $count } نسخة أخرى. تظهر بعد حسم هذه.
   *[other] هناك { $count } نسخة أخرى. تظهر بعد حسم هذه.
  }
versions-none-right = ألا توجد نسخة صحيحة بينها؟
versions-anew = اكتبه من جديد
versions-settled = لهذا القيد نسخة واحدة الآن.
versions-open-entry = افتح القيد
versions-question = هل هذه النسخة صحيحة؟
versions-now-why = تُحسب بدلًا من غيرها على كل جهاز لهذا السجل.
versions-stays-why = كل النسخ، مقروءة كنسخ أقدم.
versions-undo-why = تعدّل القيد مرة أخرى.
versions-do = أبقِ هذه النسخة
versions-not = ارجع
versions-done = حُسم الأمر. هذه النسخة هي التي تُحسب الآن.
versions-acts = لهذا القيد عدة نسخ. احسم أيها صحيح قبل أن تغيّره.
versions-replaces = { $count ->
    [zero] ما تحفظه لا يحل محل أي نسخة.
    [one] ما تحفظه يحل محل نسخة واحدة.
    [two] ما تحفظه يحل محل النسختين.
    [few] ما تحفظه يحل محل { $count } نسخ.
    [many] ما تحفظه يحل محل { $count } نسخة.
   *[other] ما تحفظه يحل محل { $count } نسخة.
  }
home-disputed = { $count ->
    [zero] لا قيود لها عدة نسخ
    [one] قيد واحد له عدة نسخ
    [two] قيدان لهما عدة نسخ
    [few] { $count } قيود لها عدة نسخ
    [many] { $count } قيدًا لها عدة نسخ
   *[other] { $count } قيد لها عدة نسخ
  }
home-disputed-more = { $count ->
    [zero] لا توجد قيود أخرى كهذه.
    [one] هناك قيد آخر كهذا. يظهر بعد حسم هذه.
    [two] هناك قيدان آخران كهذه. يظهران بعد حسم هذه.
    [few] هناك { $count } قيود أخرى كهذه. تظهر بعد حسم هذه.
    [many] هناك { $count } قيدًا آخر كهذه. تظهر بعد حسم هذه.
   *[other] هناك { $count } قيد آخر كهذه. تظهر بعد حسم هذه.
  }
source-heading = المصدر
source-show = المصدر كما كُتب (FHIR R4)
source-label = المصدر كما كُتب
copy = نسخ
copied = تم النسخ
copy-failed = لم يسمح المتصفح بالنسخ
absent-why = يقول المصدر السبب: { $why }
trust-heading = هل يمكنني الوثوق بهذا؟
trust-words = وُقّعت كتلته عند كتابته. إن تغيّر فيه شيء لم يعد التوقيع مطابقًا.
trust-verify = تحقق من كل شيء
signed-by = وقّعه
signed-on = وُقّع في
signed-by-you = أنت، على هذا الجهاز
signed-by-other = جهاز آخر لهذا السجل
time-doubtful = كانت ساعة الجهاز مشكوكًا فيها.
time-doubtful-short = (ساعة مشكوك فيها)
recorded-by = سجّله
recorded-by-note = كما يقول الملف. لم يوقّعوه بأنفسهم.
brought-in = جُلب
brought-in-from = من { $name }، { $date }
pasted = نص ملصق
file-digest = بصمة الملف: { $digest }
date-written = التاريخ كما كُتب
codes = الرموز
group = المجموعة
block = الكتلة
block-place = رقم { $seq } لهذا الجهاز، الجزء { $segment }، الصف { $row }
when-with-zone = { "\u200F" }{ $date } ({ $zone })
date-to-date = { $from } إلى { $to }
date-from = من { $from }
date-until = حتى { $to }
zone-missing = لم تُكتب منطقة زمنية
zone-utc = UTC
zone-offset = UTC { $offset }
compartment-general = عام
compartment-emergency = طوارئ
compartment-mental = الصحة النفسية
compartment-sexual = الصحة الجنسية والإنجابية
compartment-substances = الكحول والمخدرات
compartment-genomics = نتائج وراثية
compartment-violence = العنف والإساءة

# Values and their meaning
value-yes = نعم
value-no = لا
value-absent = لا قيمة
range-between = { $low } إلى { $high }
range-from = من { $low }
range-up-to = حتى { $high }
unit-per-minute = في الدقيقة
unit-points = نقاط
meaning-normal = ضمن النطاق المعتاد
meaning-high = فوق النطاق المعتاد
meaning-very-high = أعلى بكثير من النطاق المعتاد
meaning-critical-high = مرتفع إلى حد خطير، كما يقول المصدر
meaning-low = تحت النطاق المعتاد
meaning-very-low = أدنى بكثير من النطاق المعتاد
meaning-critical-low = منخفض إلى حد خطير، كما يقول المصدر
meaning-abnormal = غير معتاد، كما يقول المصدر
meaning-critical = خطير، كما يقول المصدر
meaning-positive = إيجابي: وُجد
meaning-negative = سلبي: لم يوجد
meaning-indeterminate = لا جواب واضح
meaning-susceptible = يستجيب لهذا الدواء
meaning-resistant = لا يستجيب لهذا الدواء
meaning-intermediate = يستجيب جزئيًا لهذا الدواء
change-less = أقل بـ { $size } من { $when }
change-more = أكثر بـ { $size } من { $when }
change-none = كما كان { $when }
in-month = في { $month }
on-day = في { $day }

# Statuses
status-recorded = محفوظ هنا
status-witnessed = أكّده { $have } من { $needed } لازمين
status-final = مثبَّت
status-quarantined = معزول
status-void = باطل
fhir-active = نشط
fhir-taking = حالي
fhir-final = نهائي
fhir-amended = معدَّل
fhir-corrected = مصحَّح
fhir-preliminary = أولي
fhir-registered = مسجَّل
fhir-partial = جزئي
fhir-given = أُعطي
fhir-course-ended = انتهى العلاج
fhir-completed = مكتمل
fhir-finished = منتهٍ
fhir-stopped = متوقف
fhir-on-hold = معلَّق
fhir-cancelled = ملغى
fhir-draft = مسودة
fhir-error = أُدخل خطأً
fhir-inactive = غير نشط
fhir-resolved = زال
fhir-remission = في هدأة
fhir-recurrence = عاد
fhir-not-done = لم يُجرَ
fhir-in-progress = قيد التنفيذ
fhir-planned = مخطط له
fhir-arrived = وصل
fhir-current = حالي
fhir-superseded = مستبدل
fhir-intended = مزمع
fhir-unknown = غير معروف

# Dates
date-day = { "\u200F" }{ $day } { $month } { $year }
date-month = { "\u200F" }{ $month } { $year }
date-day-short = { "\u200F" }{ $day } { $month }
date-with-time = { "\u200F" }{ $date }، { $time }
date-weekday = { "\u200F" }{ $weekday } { $date }
clock-hours = 12
time-24 = { "\u2066" }{ $hour }:{ $minutes }{ "\u2069" }
time-am = { "\u2066" }{ $hour }:{ $minutes }{ "\u2069" } ص
time-pm = { "\u2066" }{ $hour }:{ $minutes }{ "\u2069" } م
time-midnight = منتصف الليل
time-midday = منتصف النهار
month-1 = يناير
month-2 = فبراير
month-3 = مارس
month-4 = أبريل
month-5 = مايو
month-6 = يونيو
month-7 = يوليو
month-8 = أغسطس
month-9 = سبتمبر
month-10 = أكتوبر
month-11 = نوفمبر
month-12 = ديسمبر
month-1-short = يناير
month-2-short = فبراير
month-3-short = مارس
month-4-short = أبريل
month-5-short = مايو
month-6-short = يونيو
month-7-short = يوليو
month-8-short = أغسطس
month-9-short = سبتمبر
month-10-short = أكتوبر
month-11-short = نوفمبر
month-12-short = ديسمبر
weekday-1 = الاثنين
weekday-2 = الثلاثاء
weekday-3 = الأربعاء
weekday-4 = الخميس
weekday-5 = الجمعة
weekday-6 = السبت
weekday-7 = الأحد
age-years = { $count ->
    [zero] أقل من سنة
    [one] سنة واحدة
    [two] سنتان
    [few] { $count } سنوات
    [many] { $count } سنة
   *[other] { $count } سنة
  }
age-months = { $count ->
    [zero] أقل من شهر
    [one] شهر واحد
    [two] شهران
    [few] { $count } أشهر
    [many] { $count } شهرًا
   *[other] { $count } شهر
  }
age-days = { $count ->
    [zero] أقل من يوم
    [one] يوم واحد
    [two] يومان
    [few] { $count } أيام
    [many] { $count } يومًا
   *[other] { $count } يوم
  }

# Add
add-title = أضف إلى السجل
add-lead = إلى سجل { $name }
add-reading-title = قراءة الملف
add-running-title = الإضافة إلى السجل
add-looking = جارٍ النظر فيما يحويه…
add-sent = { $sent } من { $size }
drop-here = أفلت ملفًا هنا
choose-file = اختر ملفًا
file-kinds = FHIR R4 بصيغة JSON أو NDJSON، من عيادة أو تطبيق صحي أو سجل آخر.
one-file-title = ملف واحد في كل مرة
one-file = اختر ملفًا واحدًا. بعد إدخاله أضف التالي.
paste-instead = الصق نصًا بدلًا من ذلك
paste-label = نص مورد FHIR أو حزمة
paste-hint = JSON أو NDJSON كما نسخته
paste-read = اقرأ هذا النص
where-from = من أين أحصل على ملف كهذا؟
where-from-clinic = اسأل عيادتك أو ابحث في بوابة المرضى عن «تنزيل سجلي» أو «تصدير FHIR». كثير من التطبيقات الصحية فيها تصدير أيضًا.
where-from-stays = يُقرأ الملف على هذا الجهاز ولا يُرسَل إلى أي مكان.
add-failed-title = تعذّرت إضافة هذا
nothing-changed = لم يتغيّر شيء في سجلك.
add-choose-again = اختر ملفًا آخر
add-done-title = { $count ->
    [zero] لم يُضف أي قيد
    [one] أُضيف قيد واحد
    [two] أُضيف قيدان
    [few] أُضيفت { $count } قيود
    [many] أُضيف { $count } قيدًا
   *[other] أُضيف { $count } قيد
  }
add-known-title = لا جديد في هذا الملف
add-done = حُفظ ووُقّع على هذا الجهاز.
add-kept = ما خُزّن من قبل باقٍ. يمكنك إضافة الملف نفسه ثانيةً: لا يدخل شيء مرتين.
add-go-on = متابعة إضافته
add-put-away = اترك الباقي
add-cancelled-title = أُوقفت الإضافة
add-see = اعرضها في الخط الزمني
add-another = أضف ملفًا آخر
imported-added = { $count ->
    [zero] لا قيود جديدة
    [one] قيد جديد واحد
    [two] قيدان جديدان
    [few] { $count } قيود جديدة
    [many] { $count } قيدًا جديدًا
   *[other] { $count } قيد جديد
  }
imported-amended = { $count ->
    [zero] لا نسخ جديدة.
    [one] نسخة جديدة لقيد كان موجودًا. القديمة تبقى مقروءة.
    [two] نسختان جديدتان لقيدين كانا موجودين. القديمتان تبقيان مقروءتين.
    [few] { $count } نسخ جديدة لقيود كانت موجودة. القديمة تبقى مقروءة.
    [many] { $count } نسخة جديدة لقيود كانت موجودة. القديمة تبقى مقروءة.
   *[other] { $count } نسخة جديدة لقيود كانت موجودة. القديمة تبقى مقروءة.
  }
imported-known = { $count ->
    [zero] لا شيء كان هنا من قبل
    [one] واحد كان هنا من قبل
    [two] اثنان كانا هنا من قبل
    [few] { $count } كانت هنا من قبل
    [many] { $count } كانت هنا من قبل
   *[other] { $count } كانت هنا من قبل
  }
imported-rejected = { $count ->
    [zero] قُرئ كل شيء
    [one] واحد تعذّرت قراءته فتُرك
    [two] اثنان تعذّرت قراءتهما فتُركا
    [few] { $count } تعذّرت قراءتها فتُركت
    [many] { $count } تعذّرت قراءتها فتُركت
   *[other] { $count } تعذّرت قراءتها فتُركت
  }
found-title = ما في هذا الملف
found-bundle = حزمة FHIR ({ $kind })
found-resource = مورد FHIR واحد ({ $kind })
found-ndjson = FHIR، مورد في كل سطر
found-people = قيود مَن تخص سجل { $name }؟
found-nobody-title = الملف لا يسمّي أحدًا
found-nobody = تُضاف قيوده إلى سجل { $name }. انظر فيها أولًا إن لم تكن متأكدًا.
found-unnamed = قيود لا تسمّي أحدًا
found-filter = ابحث عن شخص في هذا الملف
found-filter-hint = الاسم أو تاريخ الميلاد أو المرجع
found-filter-none = لا أحد في هذا الملف يطابق ذلك
found-chosen = { $count ->
    [zero] لم يُختر أحد بعد.
    [one] اختير شخص واحد.
    [two] اختير شخصان.
    [few] اختير { $count } أشخاص.
    [many] اختير { $count } شخصًا.
   *[other] اختير { $count } شخص.
  }
found-types = ماذا يحوي
found-known = { $count ->
    [zero] لا شيء منها هنا من قبل
    [one] واحد منها هنا من قبل
    [two] اثنان منها هنا من قبل
    [few] { $count } منها هنا من قبل
    [many] { $count } منها هنا من قبل
   *[other] { $count } منها هنا من قبل
  }
found-import = { $count ->
    [zero] لا قيود تُضاف
    [one] أضف قيدًا واحدًا
    [two] أضف قيدين
    [few] أضف { $count } قيود
    [many] أضف { $count } قيدًا
   *[other] أضف { $count } قيد
  }
found-import-none = أضف قيودًا
found-put-away = اترك الملف
same = الشخص نفسه
unclear = لا يمكن الجزم
different = شخص آخر
choose-person = اختر من تُضاف قيوده
different-title = يبدو أن هذا شخص آخر
different-why = الاسم أو تاريخ الميلاد أو الجنس يختلف عن { $name }. قيود الشخص الخطأ في السجل قد تضر.
different-confirm = أعلم أن هذه القيود تخص { $name }
confirm-different = أكّد أنك تعرف لمن هذه القيود، أو اترك ذلك الشخص
rejected-title = { $count ->
    [zero] كل شيء مقروء
    [one] شيء واحد لا يمكن قراءته
    [two] شيئان لا يمكن قراءتهما
    [few] { $count } أشياء لا يمكن قراءتها
    [many] { $count } شيئًا لا يمكن قراءتها
   *[other] { $count } شيء لا يمكن قراءتها
  }
rejected-why = تُترك هذه. كل ما عداها يمكن إضافته.
rejected-more = { $count ->
    [zero] ولا شيء غيرها
    [one] وواحد آخر
    [two] واثنان آخران
    [few] و{ $count } أخرى
    [many] و{ $count } أخرى
   *[other] و{ $count } أخرى
  }
at-line = السطر { $line }:
at-place = القيد { $place }:
at-unknown = في مكان ما:

# Write by hand
write-heading = أدخل بيدك
write-note = اختر ما هو
write-save = حفظ
write-saved = حُفظ ووُقّع على هذا الجهاز.
sort-symptom = عَرَض
sort-measurement = قياس
sort-medicine = دواء
sort-allergy = حساسية أو عدم تحمّل
sort-condition = مرض
sort-vaccination = لقاح
sort-note = ملاحظة
sort-document = مستند أو صورة
ask-file = الملف
ask-file-hint = ملف PDF أو صورة، { $size } على الأكثر
ask-document-title-hint = مثلًا: رسالة من عيادة العيون
ask-document-kind = ما هو؟
ask-document-day = عن أي يوم هو
document-letter = رسالة
document-laboratory = تقرير مختبر
document-imaging = تقرير أشعة أو تصوير
document-discharge = تقرير خروج من المستشفى
document-operation = تقرير عملية
document-prescription = وصفة
document-vaccinations = بطاقة لقاحات
document-directive = وصية طبية مسبقة
document-insurance = بطاقة تأمين
document-photograph = صورة فوتوغرافية
document-other = شيء آخر
file-camera = التقط صورة
file-other = اختر ملفًا آخر
file-about = { "\u200F" }{ $kind }، { $size }
file-kind-pdf = PDF
file-kind-picture = صورة
file-kind-other = ملف
file-too-large = هذا الملف أكبر من { $size }. اختر ملفًا أصغر.
file-unknown = هذا ليس PDF ولا صورة. اختر ملفًا آخر.
file-take-out = استخرج هذا الملف
file-take-out-why = خارج Chartchain لا يبقى الملف مشفّرًا.
files-heading = الملفات
draft-heading = بدأتَ كتابة هذا
draft-from = حُفظ في { $when }، مشفّرًا على هذا الجهاز.
draft-go-on = تابع مسودتك
draft-anew = ابدأ من جديد
draft-anew-why = البدء من جديد يحذف المسودة.
draft-kept = مسودتك محفوظة على هذا الجهاز.
draft-not-kept = تعذّر حفظ مسودتك
draft-kept-at = حُفظ في { $when }
draft-two = كتبتَ هذا في علامتي تبويب
draft-two-why = النصان محفوظان. تابع أحدهما، وعندئذ يُحذف الآخر.
draft-go-on-with = تابع هذا النص
other-tab-wrote = كتبت علامة تبويب أخرى في هذه المسودة
other-tab-saved = حفظت علامة تبويب أخرى هذه المسودة قيدًا
other-tab-away = حذفت علامة تبويب أخرى هذه المسودة
other-tab-look = هذه المسودة في علامة تبويب أخرى: اختر
other-tab-both = لم يُستبدل شيء، والنصان محفوظان. اختر أيهما تتابع، وعندئذ يُحذف الآخر.
other-tab-alone = لم يضع ما كتبته هنا. اختر ما يُفعل به.
other-tab-compare = اعرض النصين جنبًا إلى جنب
other-tab-hide = أخفِ النصين
other-tab-here = كُتب هنا
other-tab-there = كُتب في علامة التبويب الأخرى، وحُفظ في { $when }
other-tab-mine = أبقِ نصي
other-tab-mine-new = تابع نصي قيدًا جديدًا
other-tab-theirs = خذ النص الآخر
other-tab-throw = احذف نصي
other-tab-taken = في النموذج الآن النص الآخر.
other-tab-stays = في النموذج نصك، وهو محفوظ.
other-tab-thrown = حُذف ما كتبته هناك.
optional = { $label } (اختياري)
choose = اختر
ask-symptom = بماذا تشعر؟
ask-symptom-hint = مثلًا: صداع
ask-began = متى بدأ؟
ask-ended = متى انتهى؟
ask-severity = ما شدته؟
ask-site = في أي موضع من الجسم
ask-comment = أي شيء آخر
ask-measured = ماذا قست؟
ask-number-hint = أدخله كما يعرضه الجهاز
ask-unit = الوحدة
ask-measured-when = متى قسته؟
ask-day-hint = مثلًا 14 3 2026. الوقت بنظام 24 ساعة، مثل 21:30، اختياري.
ask-date-hint = مثلًا 14 3 2026. يكفي الشهر والسنة، أو السنة وحدها.
ask-clock = الوقت
fill-now = ضع الوقت الآن
fill-today = ضع تاريخ اليوم
ask-medicine = اسم الدواء
ask-medicine-hint = كما على العبوة
ask-taken = هل تتناوله الآن؟
taken-current = نعم، أتناوله الآن
taken-planned = ليس بعد
taken-stopped = لم أعد أتناوله
ask-dose = الجرعة
ask-dose-hint = مثلًا: 5 mg أو قرص واحد
ask-how-often = كم مرة
ask-times = كم مرة في اليوم
ask-times-hint = عندئذ تسأل صفحة الأدوية عن كل جرعة.
ask-times-none = ليس كل يوم، أو غير معروف
times-a-day = { $count ->
    [zero] ليس كل يوم
    [one] مرة في اليوم
    [two] مرتان في اليوم
    [few] { $count } مرات في اليوم
    [many] { $count } مرة في اليوم
   *[other] { $count } مرة في اليوم
}
ask-how-often-hint = مثلًا: مرتين في اليوم
ask-route = كيف يؤخذ
ask-route-hint = مثلًا: بالفم
ask-reason = لأي غرض
ask-since = منذ متى
ask-until = حتى متى
ask-substance = ممَّ لديك حساسية؟
ask-substance-hint = مثلًا: بنسلين، فول سوداني
ask-reaction = ماذا يحدث
ask-reaction-hint = مثلًا: طفح، صعوبة في التنفس
ask-certainty = ما مدى تأكدك؟
certainty-sure = متأكد، أو أظهره فحص
certainty-suspected = قد تكون كذلك
ask-condition = اسم المرض
ask-status = كيف هو الآن؟
condition-active = موجود
condition-remission = تحسّن، لكنه قد يعود
condition-inactive = ليس موجودًا الآن
condition-resolved = انتهى
ask-vaccine = اللقاح، أو ضد ماذا
ask-vaccine-hint = مثلًا: الكزاز
ask-given = متى أُعطي؟
ask-place = أين أُعطي
ask-maker = الشركة المصنّعة
ask-lot = رقم التشغيلة
ask-title = العنوان
ask-text = ملاحظتك
ask-about-day = عن أي يوم
measured-weight = الوزن
measured-height = الطول
measured-temperature = حرارة الجسم
measured-pressure = ضغط الدم
measured-pulse = معدل ضربات القلب
measured-breaths = عدد الأنفاس في الدقيقة
measured-oxygen = الأكسجين في الدم
measured-sugar = سكر الدم
measured-hba1c = HbA1c
measured-cholesterol = الكولسترول الكلي
measured-hdl = كولسترول HDL
measured-ldl = كولسترول LDL
measured-triglycerides = الدهون الثلاثية
measured-peak-flow = ذروة جريان الزفير
measured-waist = محيط الخصر
measured-head = محيط الرأس
value-with-unit = { "\u2066" }{ $value } { $unit }{ "\u2069" }
ask-heading = انظر مرة أخرى من فضلك
ask-right = هل { $value } صحيح؟
ask-expected = معظم القيم بين { $low } و{ $high }.
ask-upside-down = الرقم الأدنى أصغر عادةً من الأعلى.
ask-keep = نعم، احفظه
ask-change = لا، غيّره
wrong-missing = املأ هذا الحقل
wrong-measured = اختر ما قسته
wrong-date-missing = أدخل تاريخًا، مثل 14 3 2026
wrong-number-missing = أدخل رقمًا، مثل 72.5
wrong-file-missing = اختر ملفًا
wrong-text-missing = اكتب ملاحظتك
wrong-number = أدخل رقمًا بأرقام فقط، مثل 72.5
wrong-date = أدخل تاريخًا موجودًا، مثل 14 3 2026
wrong-day-needed = أدخل اليوم أيضًا
wrong-future = أدخل تاريخًا ليس في المستقبل
wrong-order = أدخل نهاية لا تسبق البداية
wrong-unit = اختر الوحدة
wrong-long = اجعله أقصر: { $size } على الأكثر
wrong-lasting = اختر أنه انتهى أو ليس موجودًا الآن، أو اترك النهاية
wrong-other = راجع هذا الحقل
acts-heading = غيّر هذا القيد
acts-old = هذه نسخة أقدم. لا يمكنك تغيير إلا الأحدث.
acts-wrong = أُدخل هذا خطأً. لم يعد ممكنًا تغييره.
acts-file = جاء هذا من ملف ويبقى كما جاء. يمكنك إضافة ملاحظة بدلًا من ذلك.
acts-note = اكتب ملاحظة
amend = تعديل
amend-title = عدّل هذا القيد
amend-lead = النسخة السابقة تبقى مقروءة.
amend-none-title = لا يمكن تعديل هذا القيد هنا
amend-none = فيه أشياء لا حقول لها في هذا النموذج. يمكنك كتابة ملاحظة بدلًا من ذلك.
withdraw = أُدخل خطأً
withdraw-question = هل أُدخل هذا القيد خطأً؟
withdraw-now = من الآن
withdraw-now-why = لا يُحسب بعد الآن.
withdraw-stays = ما يبقى:
withdraw-stays-why = القيد كما كتبته، مقروءًا كنسخة قديمة.
withdraw-undo = للتراجع
withdraw-undo-why = تكتبه من جديد. لا يمكن سحب هذه العلامة.
withdraw-do = علّمه بأنه أُدخل خطأً
withdraw-keep = اتركه كما هو
withdraw-done = عُلّم بأنه أُدخل خطأً.
move = يخص شخصًا آخر
move-question = هل يخص هذا القيد شخصًا آخر؟
move-now = من الآن
move-now-why = هو في سجل ذلك الشخص، موقّعًا منك، ولا يُحسب هنا بعد الآن.
move-stays-why = القيد هنا، معلّمًا بأنه أُدخل خطأً ومقروءًا كنسخة قديمة.
move-undo-why = تكتبه من جديد. لا يمكن سحب العلامة.
move-whose = لمن هذا القيد؟
move-missing = اختر لمن هذا القيد
move-none = ليس عندك سجل آخر يمكن أن يخصه.
move-do = انقله إلى هذا السجل
move-done = نُقل. هنا عُلّم بأنه أُدخل خطأً.
erase = محو
erase-question = أتمحو هذا القيد إلى الأبد؟
erase-now = من الآن
erase-now-why = يزول من هذا السجل بكل نسخه وملفاته. لا يجده البحث ولا التصدير.
erase-now-versions = { $count ->
    [zero] يزول من هذا السجل بكل نسخه وملفاته. لا يجده البحث ولا التصدير.
    [one] يزول من هذا السجل بنسخته الواحدة وملفاتها. لا يجده البحث ولا التصدير.
    [two] يزول من هذا السجل بنسختيه وملفاتهما. لا يجده البحث ولا التصدير.
    [few] يزول من هذا السجل بنسخه الـ{ $count } وملفاتها كلها. لا يجده البحث ولا التصدير.
    [many] يزول من هذا السجل بكل نسخه، وعددها { $count }، وبملفاتها. لا يجده البحث ولا التصدير.
   *[other] يزول من هذا السجل بكل نسخه، وعددها { $count }، وبملفاتها. لا يجده البحث ولا التصدير.
  }
erase-stays = ما يبقى:
erase-stays-why = أن شيئًا مُحي، ومتى. كل ما عداه يمكن التحقق منه.
erase-cannot = ما لا يستطيعه هذا:
erase-cannot-why = الوصول إلى ملفات استخرجتها، أو نسخ احتياطية أنشأتها من قبل، أو نسخ صنعها غيرك.
erase-undo = للتراجع
erase-undo-why = لا سبيل إلى ذلك.
erase-do = امحه إلى الأبد
erase-keep = أبقه
erase-done = مُحي.

# Long work
job-import = الإضافة إلى السجل
job-verify = التحقق من كل شيء
job-export = تصدير السجل
job-paused = { $job } (متوقف مؤقتًا)
job-of-entries = القيود: { $done } من { $total }
job-of-checks = فُحص { $done } من { $total }
job-beginning = جارٍ البدء…
job-leave = يمكنك مغادرة هذه الصفحة. العمل مستمر.
pause = إيقاف مؤقت
resume = متابعة

# History
history-lead = كل كتلة في سجلك، ومن وقّعها، ومدى ثباتها.
verify-title = تحقق من كل شيء
verify-what = يفتح كل كتلة وكل قيد ويتحقق من أنه تمامًا كما وُقّع.
verify-now = تحقق الآن
verified-last = آخر مرة بلا خلل: { $date }، { $count ->
    [zero] لا كتل
    [one] كتلة واحدة
    [two] كتلتان
    [few] { $count } كتل
    [many] { $count } كتلة
   *[other] { $count } كتلة
  }.
verified-never = لم يُتحقق منه على هذا الجهاز بعد.
verify-cancelled-title = أُوقف التحقق
verify-cancelled = لم يُعثر على شيء حتى الآن، لكن لم يُفحص كل شيء.
verdict-good = كل شيء سليم
verdict-good-why = لم يتغيّر شيء في هذا السجل منذ توقيعه.
verdict-bad = { $count ->
    [zero] كل شيء سليم
    [one] شيء واحد غير سليم
    [two] شيئان غير سليمين
    [few] { $count } أشياء غير سليمة
    [many] { $count } شيئًا غير سليم
   *[other] { $count } شيء غير سليم
  }
verdict-bad-why = المذكور هنا تالف أو غُيّر بعد توقيعه. كل ما عداه سليم.
verdict-bad-do = استخرج نسخة من السليم. إن كانت لديك نسخة أخرى من سجلك فاحتفظ بها.
verdict-more = و{ $count } أخرى
verdict-blocks = { $count ->
    [zero] لا كتل
    [one] كتلة واحدة
    [two] كتلتان
    [few] { $count } كتل
    [many] { $count } كتلة
   *[other] { $count } كتلة
  }
verdict-signatures = { $count ->
    [zero] لم يُفحص أي توقيع
    [one] فُحص توقيع واحد
    [two] فُحص توقيعان
    [few] فُحصت { $count } تواقيع
    [many] فُحص { $count } توقيعًا
   *[other] فُحص { $count } توقيع
  }
problem-at-block = الكتلة { $block }:
problem-at-row = الكتلة { $block }، القيد { $row }:
problem-at-unknown = في المخزن:
problem-missing = غير موجود
problem-seal = ختم مخزن هذا الجهاز مكسور
problem-malformed = ليس بالشكل الواجب
problem-signature = التوقيع غير مطابق
problem-chain = لا يتبع الكتلة التي قبله
problem-content = محتواه ليس ما وُقّع
problem-entry = قيد فيه غُيّر أو لا يمكن فتحه
problem-index = القائمة تعرض غير ما تقوله الكتلة
problem-forked = وقّع صاحبه كتلتين للموضع نفسه
problem-mended = شيء مخزّن كان تالفًا. كان معروفًا من مكان آخر فعاد سليمًا؛ لم يضع شيء
problem-erased-is-back = شيء مُحي خُزّن ثانيةً؛ يُمحى من جديد
problem-rolled-back = وُضعت بيانات أقدم مكان بيانات أحدث
blocks-all = كل الكتل
blocks-caption = الكتل، الأحدث أولًا
blocks-shown = (معروض { $shown } من { $total })
written = كُتب
what = ماذا
size = الحجم
size-bytes = { $count ->
    [zero] صفر بايت
    [one] بايت واحد
    [two] بايتان
    [few] { $count } بايتات
    [many] { $count } بايتًا
   *[other] { $count } بايت
  }
by-you-here = أنت، هذا الجهاز
by-other-device = جهاز آخر
block-genesis = تأسس السجل
block-control = الأعضاء والأجهزة والمفاتيح
block-file = جزء من ملف
block-erase = قيود مُحيت
block-erased = مُحي
block-ack = تأكيد
block-documents = خطة الرعاية أو ملاحظات أو عنّي
block-unknown = صنعته نسخة أحدث، محفوظ كما هو
block-entries-with = { $count ->
    [zero] { $first }
    [one] { $first } وقيد آخر
    [two] { $first } وقيدان آخران
    [few] { $first } و{ $count } قيود أخرى
    [many] { $first } و{ $count } قيدًا آخر
   *[other] { $first } و{ $count } قيد آخر
  }
needs-choice = يحتاج إلى اختيارك
fork-title = نسختان من الصفحة { $seq }
fork-why = كتب جهاز الصفحة نفسها من سجله مرتين بمحتوى مختلف. يحدث هذا عند استعادة هاتف من نسخة احتياطية.
fork-calm = لا يعني ذلك أن أحدًا أخطأ.
fork-save = احفظ الدليل
words-mean = ماذا تعني الكلمات
mean-recorded = على هذا الجهاز. لم يؤكده أحد آخر بعد.
mean-witnessed = لدى جهاز آخر. أي تغيير سيُلاحَظ.
mean-final = لدى عدد كافٍ من الشهود المستقلين. لا يمكن تغييره خفيةً.
mean-quarantined = معلَّم بأنه مشكوك فيه. يُعرض ولا يزال يُحسب.
mean-void = شكله صحيح، لكنه يخالف قاعدة من قواعد السجل.
mean-today = تحفظ هذه النسخة نسخة واحدة على هذا الجهاز، لذلك تقول القيود «محفوظ هنا».

# Take out
take-out-lead = احفظ كل شيء في ملف تقرؤه برامج صحية أخرى.
format = الملف
format-hint = كلاهما يحوي القيود نفسها. NDJSON يترك العناوين الكاملة التي تحتاج إليها بعض الروابط: فضّل الحزمة للاحتفاظ بها.
format-bundle = حزمة FHIR واحدة (JSON): تقرؤها معظم البرامج
format-ndjson = مورد في كل سطر (NDJSON): للسجلات الكبيرة وللباحثين
take-out-lossless = يخرج كل قيد تمامًا كما دخل، بكل عنصر وكل رقم.
take-out-question = أتحفظ سجلك بلا تشفير؟
take-out-now = من الآن
take-out-now-why = من يفتح الملف يقرأ كل ما فيه. ليست له عبارة مرور.
take-out-stays = ما يبقى:
take-out-stays-why = سجلك على هذا الجهاز، مشفّرًا كما كان.
take-out-undo = للتراجع
take-out-undo-why = احذف الملف من كل مكان نُسخ إليه.
take-out-do = احفظ الملف
take-out-keep = لا تحفظه
take-out-saving = جارٍ كتابة الملف…
take-out-saved = حُفظ سجلك في ملف
take-out-holds = { $count ->
    [zero] لا موارد فيه، { $size }.
    [one] فيه مورد واحد، { $size }.
    [two] فيه موردان، { $size }.
    [few] فيه { $count } موارد، { $size }.
    [many] فيه { $count } موردًا، { $size }.
   *[other] فيه { $count } مورد، { $size }.
  }
job-backup = إنشاء نسخة احتياطية
job-of-blocks = الكتل: { $done } من { $total }
backup-title = نسخة احتياطية مشفّرة
backup-lead = ملف واحد فيه كل شيء، إن فقدت هذا الجهاز.
backup-open = أنشئ نسخة احتياطية مشفّرة
backup-holds-all = فيها كل سجلاتك، بكل النسخ والتواقيع.
backup-restore = بها وبكلمات الاسترداد تستعيد كل شيء، في أي متصفح.
backup-words-title = لا تفتحها إلا كلمات الاسترداد الـ24
backup-words = عبارة مرورك لا تفتحها. احفظ الكلمات والملف في مكانين مختلفين.
backup-do = أنشئ النسخة الاحتياطية
backup-saved = حُفظت نسختك الاحتياطية
backup-size = { $count ->
    [zero] لا سجلات فيها، { $size }.
    [one] فيها سجل واحد، { $size }.
    [two] فيها سجلان، { $size }.
    [few] فيها { $count } سجلات، { $size }.
    [many] فيها { $count } سجلًا، { $size }.
   *[other] فيها { $count } سجل، { $size }.
  }
backup-unreadable = { $count ->
    [zero] كل الكتل في النسخة الاحتياطية.
    [one] كتلة واحدة تالفة على هذا الجهاز وليست في النسخة الاحتياطية.
    [two] كتلتان تالفتان على هذا الجهاز وليستا في النسخة الاحتياطية.
    [few] { $count } كتل تالفة على هذا الجهاز وليست في النسخة الاحتياطية.
    [many] { $count } كتلة تالفة على هذا الجهاز وليست في النسخة الاحتياطية.
   *[other] { $count } كتلة تالفة على هذا الجهاز وليست في النسخة الاحتياطية.
  }
backup-where = وضعها متصفحك حيث تُحفظ التنزيلات. انقلها من هذا الجهاز، مثلًا إلى ذاكرة USB.
backup-again = أنشئ أخرى
restore-title = استعد نسخة احتياطية
restore-lead = تحتاج إلى ملف النسخة الاحتياطية وكلمات الاسترداد الـ24.
restore-file = ملف النسخة الاحتياطية
restore-file-hint = ينتهي اسمه بـ .backup
restore-file-missing = اختر ملف النسخة الاحتياطية
restore-words-title = كلمات الاسترداد الـ24
restore-passphrase-title = عبارة مرور لهذا الجهاز
restore-running = جارٍ استعادة سجلاتك…
restore-do = استعد سجلاتي
start-restore = لدي نسخة احتياطية
bring-back-open = أدخل نسخة احتياطية
bring-back-title = أدخل نسخة احتياطية
bring-back-lead = يدخل ما في النسخة الاحتياطية وينقص هنا. لا يتغيّر شيء مما هنا.
bring-back-do = أدخلها
bring-back-done = دخلت نسختك الاحتياطية
bring-back-added = { $count ->
    [zero] كل ما فيها كان هنا من قبل.
    [one] دخلت كتلة موقّعة واحدة كانت ناقصة هنا.
    [two] دخلت كتلتان موقّعتان كانتا ناقصتين هنا.
    [few] دخلت { $count } كتل موقّعة كانت ناقصة هنا.
    [many] دخلت { $count } كتلة موقّعة كانت ناقصة هنا.
   *[other] دخلت { $count } كتلة موقّعة كانت ناقصة هنا.
  }
bring-back-left-out = { $count ->
    [zero] استُعملت كل كتل النسخة الاحتياطية.
    [one] تعذّر استعمال كتلة واحدة من النسخة الاحتياطية.
    [two] تعذّر استعمال كتلتين من النسخة الاحتياطية.
    [few] تعذّر استعمال { $count } كتل من النسخة الاحتياطية.
    [many] تعذّر استعمال { $count } كتلة من النسخة الاحتياطية.
   *[other] تعذّر استعمال { $count } كتلة من النسخة الاحتياطية.
  }
retired-title = لهذا الجهاز مفتاح جديد
retired-why = لعل هذا الجهاز استُعيد من نسخة احتياطية، لأن مفتاحه كتب أكثر مما كان هنا.
retired-now = يكتب من الآن بمفتاح جديد، حتى لا يتناقض شيء. لا عليك فعل شيء.
fault-not-a-backup = هذا الملف ليس نسخة احتياطية. اختر الملف الذي ينتهي اسمه بـ .backup
take-out-unreadable-title = تعذّرت قراءة كل شيء
take-out-unreadable = { $count ->
    [zero] كل القيود في الملف.
    [one] قيد واحد من هذا السجل تالف على هذا الجهاز وليس في الملف.
    [two] قيدان من هذا السجل تالفان على هذا الجهاز وليسا في الملف.
    [few] { $count } قيود من هذا السجل تالفة على هذا الجهاز وليست في الملف.
    [many] { $count } قيدًا من هذا السجل تالفة على هذا الجهاز وليست في الملف.
   *[other] { $count } قيد من هذا السجل تالفة على هذا الجهاز وليست في الملف.
  }
damaged = جزء من هذا السجل لم يعد مقروءًا على هذا الجهاز.
damaged-label = تلف
damaged-do = انظر ماذا تلف، واستخرج الباقي
damaged-short = تالف
take-out-where = ابحث عنه حيث يضع متصفحك التنزيلات.
take-out-again = صدّر مرة أخرى
take-out-failed = تعذّرت كتابة الملف

# Settings
settings-saved = حُفظت الإعدادات
settings-lock = القفل
settings-looks = المظهر
network-title = الطرق إلى الأجهزة الأخرى
network-hides = يجب ألا تعرف الأجهزة الأخرى عنوان هذا الجهاز
network-hides-why = عندها يمر كل شيء عبر غرفة المضيف أو الخادم أدناه. يرى المضيف أنك تتواصل وكم، ولا يرى أبدا ماذا.
network-stun = خادم STUN
network-stun-hint = يساعد جهازين خلف موجهات على أن يجد أحدهما الآخر، مثلا: stun:stun.example.org:3478
network-turn = خادم TURN
network-turn-hint = يمرر ما هو مختوم حيث لا ينفع غيره، مثلا: turn:turn.example.org:3478?transport=udp
network-user = الاسم لدى خادم TURN
network-password = كلمة المرور لدى خادم TURN
network-what = لا حاجة إلى أي منها في بيت واحد. الخادم يعرف عنوان هذا الجهاز. يُحفظ كل هذا مختوما على هذا الجهاز فقط.
network-save = احفظ هذه الطرق
network-saved = حُفظ. الاتصالات الجديدة تسير هكذا.
network-wrong-stun = اكتبه هكذا: stun: ثم المضيف، وعند الحاجة المنفذ: stun:stun.example.org:3478
network-wrong-turn = اكتبه هكذا: turn: أو turns: ثم المضيف، وعند الحاجة المنفذ: turn:turn.example.org:3478
network-wrong-user = خادم TURN يحتاج إلى اسم وكلمة مرور
connect-servers = هذا المتصفح لا يقبل الخوادم التي في الإعدادات. راجعها هناك أو أزلها.
connect-hidden = تقول الإعدادات إن الأجهزة الأخرى يجب ألا تعرف عنوان هذا الجهاز، وبالرموز ستعرفه. استخدم رابطا واحدا عبر المضيف، أو غيّر الإعدادات.
settings-recovery = الاسترداد
settings-person = أنت
settings-storage = التخزين
storage-used = يستعمل Chartchain هنا نحو { $used }. يسمح المتصفح بما يصل إلى { $most }.
storage-lasts = وعد المتصفح بألا يحذفه من تلقاء نفسه.
storage-may-go = قد يحذفه المتصفح عندما تضيق المساحة على الجهاز. استخرج نسخة واحفظها بأمان.
storage-offline = يفتح أيضًا بلا شبكة.
storage-offline-not-yet = قريبًا يفتح أيضًا بلا شبكة. ما زال يُخزَّن هنا.
storage-offline-never = في هذا المتصفح لا يفتح بلا شبكة.
storage-ask = اطلب من المتصفح أن يحتفظ به
storage-refused = لم يعد المتصفح بذلك الآن. قد يعد إذا استعملت Chartchain كثيرًا أو ثبّته.
storage-unknown = هذا المتصفح لا يقول كم بقي من المساحة.
settings-leave = الحذف من هذا الجهاز
auto-lock = اقفل تلقائيًا بعد
auto-lock-hint = عندما لا يفعل أحد شيئًا تُنسى مفاتيحك.
minutes = { $count ->
    [zero] صفر دقيقة
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $count } دقائق
    [many] { $count } دقيقة
   *[other] { $count } دقيقة
  }
theme = الألوان
theme-system = كالجهاز
theme-light = فاتحة
theme-dark = داكنة
text-size = حجم النص
text-size-of = { "\u2066" }{ $count }%{ "\u2069" }
language = اللغة
language-failed = تعذّر تحميل { $language }. تقرأ الإنجليزية إلى حين ذلك.
settings-passphrase-why = تفتح سجلك على هذا الجهاز.
passphrase-change-title = غيّر عبارة مرورك
passphrase-change = غيّر عبارة المرور
passphrase-old = عبارة المرور حتى الآن
passphrase-changed = تغيّرت عبارة مرورك
settings-recovery-why = 24 كلمة على ورق، إن نسيت عبارة مرورك.
settings-recovery-do = كلمات الاسترداد
switch-person = تبديل الشخص
settings-leave-why = يزيل كل سجلاتك ومفاتيحك من هذا الجهاز إلى الأبد.
settings-leave-do = احذف من هذا الجهاز

# Delete
delete-question = أتحذف كل سجلاتك من هذا الجهاز؟
delete-now = من الآن
delete-now-why = زالت سجلاتك ومفاتيحك من هذا الجهاز. لا يستطيع أحد إعادتها.
delete-stays = ما يبقى:
delete-stays-why = الملفات التي صدّرتها، وسجلات الآخرين على هذا الجهاز.
delete-undo = للتراجع
delete-undo-why = لا سبيل إلى ذلك. استخرج نسخة أولًا.
delete-passphrase-hint = حتى لا يحذف أحد سجل غيره
delete-do = احذف كل ما يخصني
delete-keep = أبقِ سجلاتي
delete-milder = قد تريد هذا أولًا
delete-milder-take-out = احفظ سجلك في ملف

# Recovery
recovery-title = بطاقة الاسترداد
recovery-lead = 24 كلمة تفتح سجلك إذا نسيت عبارة مرورك. ليس السجل فيها: احتفظ بنسخة من سجلك أيضًا.
recovery-before-title = قبل أن تبدأ
recovery-before = تحتاج إلى ورقة وقلم. اكتب الكلمات بالترتيب، ثم أعد إدخالها.
recovery-private = انظر حولك: هذه الكلمات لك وحدك. لا تلتقط صورة.
recovery-show = أظهر الكلمات
recovery-words-title = اكتب هذه الكلمات
recovery-words-lead = بهذا الترتيب، مع أرقامها.
recovery-written = كتبتها
recovery-type-title = أدخل الكلمات من جديد
recovery-type-lead = من ورقتك. هكذا يتبيّن أن كل كلمة صحيحة.
word-of = الكلمة { $place }
word-check = الكلمة { $place } (انظر مرة أخرى)
word-missing = الكلمة { $place } (ناقصة)
recovery-check = تحقق من الكلمات
recovery-look-again = أظهر الكلمات ثانيةً
recovery-missing-at = أدخل الكلمة { $place }
recovery-missing-every = أدخل الكلمات الـ24 كلها
recovery-missing-all = أدخل الكلمات الناقصة: { $places }
recovery-wrong-at = الكلمة { $place } غير صحيحة. انظر إلى ورقتك مرة أخرى
recovery-wrong-count = { $count ->
    [zero] لا كلمات هنا، والمطلوب 24
    [one] هذه كلمة واحدة، والمطلوب 24
    [two] هاتان كلمتان، والمطلوب 24
    [few] هذه { $count } كلمات، والمطلوب 24
    [many] هذه { $count } كلمة، والمطلوب 24
   *[other] هذه { $count } كلمة، والمطلوب 24
  }
recovery-unknown-at = الكلمة { $place } ليست من الكلمات الموجودة. انظر إلى كتابتها
recovery-meant-at = الكلمة { $place } غير صحيحة. إذا وُضعت «{ $meant }» مكانها صحّت كل الكلمات
recovery-swapped = الكلمتان { $first } و{ $second } تبادلتا مكانيهما
recovery-others = هذه ليست كلمات استرداد هذا الشخص، أو فيها أكثر من خطأ
recovery-drill = تحقق من كلماتي مرة أخرى
recovery-done-title = اكتملت بطاقة الاسترداد
recovery-done = كل كلمة صحيحة.
recovery-already = اكتملت بطاقة الاسترداد. لم تعد الكلمات محفوظة على هذا الجهاز.
recovery-keep = احفظ الورقة حيث تحفظ المهم، بعيدًا عن هذا الجهاز.

# Other forms of the words
recovery-again-why = لطباعة ورقة أو حفظ ملف استرداد، تحقق من كلماتك مرة أخرى.
ways-title = طرق أخرى لإعطاء الكلمات
ways-picture = صورة لورقة الاسترداد
ways-picture-hint = الرمز المربع فيها يحوي الكلمات. لا تغادر الصورة هذا الجهاز.
ways-camera = استعمل الكاميرا
ways-file = ملف الاسترداد
ways-file-hint = ينتهي اسمه بـ .recovery
ways-file-passphrase = عبارة مرور الملف
ways-file-open = افتح الملف
ways-working = جارٍ النظر…
ways-filled = مُلئت الكلمات الـ24 كلها.
camera-hold = ضع الرمز الذي على ورقتك أمام الكاميرا.
camera-picture = ما تراه الكاميرا
camera-close = أوقف الكاميرا
camera-refused = لا صورة من الكاميرا. اسمح بالكاميرا لهذه الصفحة أو اختر صورة.
picture-too-large = هذه الصورة كبيرة جدًا. اختر صورة أقل من 64 مليون بكسل و32 MB.
picture-none = هذه ليست صورة تُقرأ هنا. اختر صورة PNG أو JPEG.
picture-no-code = لا رمز مقروء في هذه الصورة. صوّرها من قرب، مستقيمة وفي ضوء جيد.
recovery-file-missing = اختر ملف الاسترداد
recovery-file-passphrase-missing = أدخل عبارة مرور الملف
recovery-file-wrong = هذه ليست عبارة مرور هذا الملف. حاول مرة أخرى.
sheet-open = اطبع ورقة
sheet-title = ورقة الاسترداد
sheet-know-title = قبل أن تطبع
sheet-know = اطبع في البيت: طابعات المتاجر والمكاتب تحتفظ بما تطبعه. الورقة لا تسمّي أحدًا.
sheet-print = اطبع الورقة
sheet-drawing = جارٍ رسم الرمز…
sheet-made = Chartchain، أُنشئت في { $date }
sheet-opens = هذه الكلمات الـ24 تفتح سجلات شخص واحد في Chartchain، على جهازه أو من نسخة احتياطية.
sheet-not = ليست السجلات فيها. احتفظ أيضًا بجهاز ثانٍ أو نسخة احتياطية.
sheet-code = رمز QR للكلمات الـ24
sheet-code-why = الرمز المربع يحوي الكلمات الـ24 نفسها.
sheet-use = لاستعمالها افتح Chartchain واختر «هل نسيت عبارة مرورك؟» أو «استعد نسخة احتياطية».
sheet-keep = من يملك هذه الورقة ومعها الجهاز أو نسخة احتياطية يقرأ كل شيء. احفظها متفرقة.
recovery-file-open = احفظ ملف استرداد
recovery-file-title = ملف الاسترداد
recovery-file-lead = كلماتك الـ24 في ملف صغير، بعبارة مرور خاصة به.
recovery-file-know-title = اختر عبارة مرور للملف
recovery-file-know = من يحصل على الملف يستطيع تجريب العبارات سنوات. أربع كلمات عشوائية أو أكثر خيار جيد.
recovery-file-not = الملف لا يحوي سجلك. احتفظ بنسخة احتياطية أيضًا.
recovery-file-do = احفظ الملف
recovery-file-saved = حُفظ ملف الاسترداد
recovery-file-where = احفظه بعيدًا عن هذا الجهاز، وليس بجانب نسخة احتياطية.

# Passkey
passkey = مفتاح المرور
passkey-why = مفتاح المرور يفتح سجلك بإصبعك أو وجهك أو رقم سري. عبارة مرورك تبقى صالحة.
passkey-passphrase-hint = حتى لا يضيف أحد غيرك مفتاح مرور إلى سجلك
passkey-add = أضف مفتاح مرور
passkey-added = أُضيف مفتاح المرور
passkey-there = مفتاح مرور يفتح سجلك على هذا الجهاز، إلى جانب عبارة مرورك.
passkey-remove = أزل مفتاح المرور
passkey-removed = أُزيل مفتاح المرور. يمكنك حذفه من متصفحك أو هاتفك أيضًا.
passkey-impossible = ليست في هذا المتصفح مفاتيح مرور تفتح سجلًا. عبارة مرورك تفتحه.
passkey-unlock = افتح بمفتاح المرور
passkey-no-secret = هذا المفتاح لا يفتح السجلات. عبارة مرورك تفتح سجلك.
passkey-refused = لم يُجب مفتاح المرور. حاول مرة أخرى أو استعمل عبارة مرورك.

# Obstacles
error-heading = توجد مشكلة
problem-heading = توجد مشكلة
not-found-title = لا توجد صفحة كهذه
not-found-why = قد يكون العنوان قديمًا أو مكتوبًا خطأً.
not-found-safe = سجلك هنا بأمان.
not-found-home = انتقل إلى الرئيسية
new-version-label = نسخة جديدة
new-version = نسخة جديدة جاهزة.
new-version-what = تحميلها يقفل السجل في كل علامات التبويب. ما حُفظ يبقى.
new-version-do = حمّلها الآن
new-version-later = لاحقًا

elsewhere-title = مفتوح في علامة تبويب أخرى
elsewhere-why = علامة تبويب أو نافذة أخرى من Chartchain لا تترك ما خُزّن هنا.
elsewhere-what = أغلقها ثم حاول هنا مرة أخرى.
elsewhere-use-here = حاول مرة أخرى
unkept-heading = لم يُحفظ
unkept-why = كانت علامة التبويب الأخرى قد تولّت العمل حين كتبت هذا. انسخه إن كنت تحتاج إليه.
broken-title = مخزن هذا الجهاز لا يستجيب
broken-what = أغلق علامات تبويب Chartchain الأخرى، ووفّر مساحة على الجهاز، ثم حاول مرة أخرى.
unlisted-anew = ابدأ من دونه
ended-title = توقف Chartchain
ended-safe = كل ما حُفظ بأمان على هذا الجهاز. لم يضع إلا ما لم تحفظه بعد.
ended-what = أعد تحميل الصفحة وافتح سجلك.
ended-again = إن توقف ثانيةً فأعد تشغيل متصفحك. تحقق من اتصالك إن كنت تفتح هذه الصفحة لأول مرة.
reload = أعد التحميل
insecure-title = هذا العنوان ليس آمنًا بما يكفي
insecure-why = لا يعطي المتصفح المفاتيح والتخزين إلا لصفحات تأتي عبر HTTPS.
insecure-what = افتح العنوان نفسه بـ https://‎ أو، على حاسوبك، بـ http://localhost.
no-storage-title = لا تستطيع هذه النافذة حفظ سجل
no-storage-why = لا يعطي المتصفح تخزينًا هنا. كثيرًا ما لا تعطيه النوافذ الخاصة.
no-storage-what = افتح Chartchain في نافذة عادية. لم يُخزَّن شيء.

# Faults
fault-wrong-passphrase = هذه ليست عبارة مرور هذا الشعار. حاول مرة أخرى.
fault-not-a-recovery-file = هذا الملف ليس ملف استرداد. اختر الملف الذي ينتهي اسمه بـ .recovery
fault-not-a-sheet = هذا الرمز ليس رمز ورقة استرداد. اختر صورة لورقتك.
fault-file-damaged = هذا الملف غُيّر أو ليس كاملًا. جرّب نسخة أخرى منه.
fault-wrong-passkey = مفتاح المرور هذا لا يفتح لأحد هنا. استعمل عبارة مرورك.
fault-retired = لعل هذا الجهاز استُعيد من نسخة احتياطية. يمكنك قراءة كل شيء هنا، لكن لا يمكنك الإضافة بعد.
fault-not-steward = يقرر جهاز آخر من لديه هذا السجل. افعل ذلك هناك، أو بكلمات الاسترداد.
retired-label = يحتاج هذا الجهاز إلى مفتاح جديد
retired-do = تحقق من كلمات الاسترداد لتواصل الكتابة
fault-passphrase-short = اختر عبارة مرور من 8 أحرف على الأقل
fault-locked = سجلك مقفل. افتحه أولًا.
fault-no-ledger = لا سجل مفتوح. افتح سجلًا أولًا.
fault-not-found = هذا ليس في سجلك، أو لم يعد فيه.
fault-storage-full = لم تبق مساحة على هذا الجهاز. كل ما حُفظ بأمان، ولم يُكتب شيء ناقصًا.
full-free-room = احذف ملفات أو صورًا أو تطبيقات لم تعد تحتاج إليها.
full-look = انظر في الإعدادات كم يستعمل Chartchain من المساحة.
full-again = ثم حاول مرة أخرى. إضافة الملف نفسه ثانيةً لا تُدخل شيئًا مرتين.
fault-open-elsewhere = كانت علامة تبويب أخرى تكتب في اللحظة نفسها. انظر هل تغييرك موجود، ثم حاول مرة أخرى.
fault-damaged = المخزّن هنا غُيّر أو تلف: { $place }. تحقق من كل شيء في سجل التغييرات.
fault-storage = فشل مخزن هذا الجهاز: { $what }.
fault-lost = وجد المتصفح مخزنه تالفًا وحذف كل ما كان محفوظًا هنا.
fault-unlisted = يوجد هنا سجل محفوظ، لكن تعذّر على Chartchain أن يقرأ لمن هو.
fault-too-new = صُنع هذا بنسخة أحدث من Chartchain. أعد تحميل الصفحة للحصول عليها.
fault-not-now = هذا غير ممكن الآن: { $why }.
unreadable-empty = لا شيء فيه.
unreadable-encoding = ليس نصًا بترميز UTF-8 أو UTF-16.
unreadable-not-json = ليس JSON: انظر السطر { $line }، العمود { $column }.
unreadable-not-fhir = هو JSON، لكنه ليس مورد FHIR.
unreadable-version = هو FHIR { $version }. لا يمكن قراءة غير R4.
unreadable-too-deep = تداخله أعمق مما يحتاج إليه أي سجل.
unreadable-too-large = أكبر من { $size }. قسّمه أو اطلب NDJSON.
unreadable-format = هو { $format }، ولا يمكن قراءته بعد. اطلب FHIR بصيغة JSON.

# FHIR resource types
type-allergy = الحساسية
type-care-plan = خطط الرعاية
type-care-team = فرق الرعاية
type-claim = مطالبات
type-composition = مستندات ذات أقسام
type-condition = الأمراض
type-coverage = التأمين
type-device = أجهزة طبية
type-report = تقارير الفحوص
type-document = المستندات
type-encounter = الزيارات
type-benefit = بيانات الدفع
type-goal = الأهداف
type-imaging = التصوير
type-immunization = اللقاحات
type-location = الأماكن
type-medication = الأدوية (أسماء)
type-administration = أدوية أُعطيت
type-prescription = الوصفات
type-statement = أدوية تؤخذ
type-observation = نتائج وقياسات
type-organization = المؤسسات
type-patient = أشخاص
type-practitioner = العاملون الصحيون
type-procedure = الإجراءات
type-provenance = مصادر القيود
type-request = الطلبات

# خطة الشخص نفسه
nav-plan = خطة رعايتي
plan-title = خطة رعايتي
plan-lead = ما تريد أن تفعله من أجل صحتك، ومتى.
plan-empty = لا شيء للفعل بعد
plan-empty-how = اكتب ما تريد أن تفعله، مرة واحدة أو مرارًا. حين يأتي يومه يظهر في صفحتك الأولى.
plan-due = حان وقته
plan-due-none = لا شيء مطلوب اليوم.
plan-later = لاحقًا
plan-settled = ما تم وما توقف
count-things = { $count ->
    [zero] لا شيء
    [one] شيء واحد
    [two] شيئان
    [few] { $count } أشياء
    [many] { $count } شيئًا
   *[other] { $count } شيء
}
home-to-do = ما عليك فعله
home-to-do-all = اعرض خطة الرعاية كلها
task = ما عليك فعله
task-add = اكتب ما تريد فعله
task-what = ماذا تريد أن تفعل؟
task-what-hint = مثلًا: المشي 20 دقيقة.
task-how = كيف، أو لماذا
task-when = في أي يوم؟
task-when-hint = اتركه فارغًا إن كان يصلح أي يوم. وإن كان يتكرر فاكتب اليوم الأول.
task-repeat = كم مرة؟
task-save = حفظ
task-saved = حُفظ
task-any-time = في أي يوم
task-on = { $date }
task-today = اليوم
task-tomorrow = غدًا
task-in-days = { $count ->
    [zero] اليوم
    [one] بعد يوم واحد
    [two] بعد يومين
    [few] بعد { $count } أيام
    [many] بعد { $count } يومًا
   *[other] بعد { $count } يوم
}
task-late = متأخر: { $date }
task-done = تم
task-not-done = لم يتم
task-unmarked = بلا علامة
task-stopped = متوقف
task-removed = أُزيل
task-mark-done = تم
task-mark-not-done = لم يتم
task-undo = تراجع
task-done-said = وُضعت علامة: تم
task-not-done-said = وُضعت علامة: لم يتم
task-undone-said = سُحبت العلامة
task-history = ما جرى
task-end = الإيقاف أو الإزالة
task-end-why = ما توقفه يحتفظ بعلاماتك. وما تزيله لا يظهر بعد ذلك.
task-stop = أوقف هذا
task-resume = استأنفه
task-remove = أزل
task-wrong-title = اكتب ما تريد أن تفعله
task-wrong-day = اكتب يومًا وشهرًا وسنة موجودة، مثلًا 27 3 2027
task-wrong-first-day = اكتب اليوم الأول، لأن هذا يتكرر
repeat-once = مرة واحدة
repeat-day = كل يوم
repeat-week = كل أسبوع
repeat-days = { $count ->
    [zero] كل يوم
    [one] كل يوم
    [two] كل يومين
    [few] كل { $count } أيام
    [many] كل { $count } يومًا
   *[other] كل { $count } يوم
}
repeat-month = كل شهر
repeat-year = كل سنة
repeat-months = { $count ->
    [zero] كل شهر
    [one] كل شهر
    [two] كل شهرين
    [few] كل { $count } أشهر
    [many] كل { $count } شهرًا
   *[other] كل { $count } شهر
}
contested-heading = جهازان يقولان شيئين مختلفين
contested-why = ما في النموذج هو ما يُعتد به. احفظه لتُبقيه. يقول الجهاز الآخر:

# ملاحظات الشخص نفسه
nav-notes = ملاحظاتي
notes-title = ملاحظاتي
notes-lead = ما تريد أن تتذكره أو تسأل عنه أو تحكيه.
notes-empty = لا ملاحظات بعد
notes-empty-how = اكتب سؤالًا لزيارتك القادمة، أو كيف حالك اليوم. لا يقرؤه أحد سواك.
note = ملاحظة
note-new = ملاحظة جديدة
note-untitled = بلا عنوان
note-changed = تغيّرت في { $date }
note-title = العنوان
note-text = النص
note-saves-itself = تُحفظ تلقائيًا وأنت تكتب.
note-saving = تُكتب…
note-not-saved = لم تُحفظ بعد
note-end = الماضي والمحو
note-forget-why = كل ما كان يومًا في ملاحظة يبقى في ماضيها. يمكنك أن تمحو هذا الماضي وتُبقي ما تقوله الملاحظة الآن، أو أن تمحو الملاحظة كلها.
note-forget = امح الماضي
note-forget-question = أتمحو ماضي هذه الملاحظة؟
note-forget-now-why = لا تقول الملاحظة إلا ما تقوله الآن. ما كان فيها من قبل يزول من هذا السجل.
note-forget-do = امح الماضي
note-forget-keep = أبق الماضي
note-forgotten = مُحي ماضي الملاحظة
note-erase = امح هذه الملاحظة
note-erase-question = أتمحو هذه الملاحظة إلى الأبد؟
note-erase-now-why = تزول من هذا السجل، مع كل ما كان فيها يومًا.

# ما يقوله الشخص عن نفسه
nav-about = عنّي
about-title = عنّي
about-lead = ما ينبغي أن يعرفه الآخرون ليُحسنوا معالجتك. تكتبه أنت.
about-name = كيف تحب أن تُنادى؟
about-languages = اللغات التي تتكلمها
about-blood = فصيلة الدم
about-blood-hint = كما هي في بطاقة أو رسالة، مثلًا A موجب.
about-phone = الهاتف
about-email = البريد الإلكتروني
about-address = العنوان
about-needs = ما يساعدك
about-needs-hint = مثلًا: سماعة أذن، كرسي متحرك، مترجم.
about-wishes = ما يهمك
about-wishes-hint = ما ترجوه، وما لا تريده.
about-others = يقول جهاز آخر: { $others }
contacts = بمن يُتصل
contacts-why = في الطوارئ
contact-relation = من يكون لك؟
contact-add = أضف جهة الاتصال هذه
contact-wrong-name = اكتب اسم من يُتصل به

# People, devices, connecting
devices-title = الأشخاص والأجهزة
devices-lead = كل من لديه هذا السجل، وأين. جميعهم يتحققون من كل مدخل يصل.
devices-safe = { $count ->
    [zero] كل شيء محفوظ على { $count } من الأجهزة.
    [one] كل شيء على هذا الجهاز وحده.
    [two] كل شيء محفوظ على { $count } من الأجهزة.
    [few] كل شيء محفوظ على { $count } من الأجهزة.
    [many] كل شيء محفوظ على { $count } من الأجهزة.
   *[other] كل شيء محفوظ على { $count } من الأجهزة.
}
more-devices = من لديه هذا السجل، والاتصال
this-device = هذا الجهاز
device-unnamed = جهاز بلا اسم
device-since = منذ
device-compared = عُرف بمقارنة رقم
device-met = آخر اتصال
device-letter = آخر رسالة تُركت
letters-title = الجديد ينتقل من تلقاء نفسه
letters-why = الأجهزة التي تكون هنا في وقت واحد يجد بعضها بعضًا في المكان الذي جاء منه هذا التطبيق وتتصل. أما التي لا تكون فتترك بعضها لبعض هناك رسائل مختومة. لا يقرأ الشيء إلا الجهاز الذي كُتب له.
letters-seen = يرى ذلك المكان أي أجهزة تلتقي، وأن رسائل تأتي وتذهب، وحجمها، ووقتها، ومن أي عنوان في الشبكة. ولا يرى ما فيها ولا صاحب السجل.
letters-do = اللقاء وترك الرسائل من تلقاء النفس على هذا الجهاز
letters-under-way = يجري البحث عن رسائل
letters-off = لم يعد هذا الجهاز يذهب إلى هناك من تلقاء نفسه. ينتقل الجديد عندما تتصل، أو بملف.
letters-not-kept = المكان الذي جاء منه هذا التطبيق لا يحفظ رسائل. ينتقل الجديد عندما يكون الجهازان هنا، أو بملف.
letters-done = جُلبت كل الرسائل وتُركت ({ $when }).
letters-done-unread = { $count ->
    [zero] جُلبت كل الرسائل وتُركت ({ $when }).
    [one] جُلبت كل الرسائل وتُركت ({ $when }). تعذرت قراءة رسالة واحدة فرُميت. إن نقص شيء فصِل الأجهزة بعضها ببعض.
    [two] جُلبت كل الرسائل وتُركت ({ $when }). تعذرت قراءة رسالتين فرُميتا. إن نقص شيء فصِل الأجهزة بعضها ببعض.
    [few] جُلبت كل الرسائل وتُركت ({ $when }). تعذرت قراءة { $count } رسائل فرُميت. إن نقص شيء فصِل الأجهزة بعضها ببعض.
    [many] جُلبت كل الرسائل وتُركت ({ $when }). تعذرت قراءة { $count } رسالة فرُميت. إن نقص شيء فصِل الأجهزة بعضها ببعض.
   *[other] جُلبت كل الرسائل وتُركت ({ $when }). تعذرت قراءة { $count } رسالة فرُميت. إن نقص شيء فصِل الأجهزة بعضها ببعض.
}
letters-unreachable = تعذر الوصول إلى المكان الذي يحفظ الرسائل. يبقى الجديد هنا، ويُترك حالما يمكن ذلك.
letters-full = أحد الصناديق ممتلئ: لم يجلب جهازه رسائله منذ زمن. يبقى الجديد هنا، ويُترك حالما يتسع المكان.
letters-host = المكان الذي يحفظ الرسائل لا يجيب كما ينبغي. يبقى الجديد هنا، ويُترك حالما يمكن ذلك.
letters-engine = تعذرت كتابة رسالة أو قراءتها على هذا الجهاز. ستُعاد المحاولة بعد دقائق. إن بقي الأمر كذلك فصِل الأجهزة بعضها ببعض أو أرسل ملفًا.
device-has = لديه
device-everything = كل ما هو موجود هنا
device-unknown = غير معروف بعد
device-lacks = { $count ->
    [zero] كل شيء إلا { $count } من الكتل. تصل عند الاتصال.
    [one] كل شيء إلا كتلة واحدة. تصل عند الاتصال.
    [two] كل شيء إلا { $count } من الكتل. تصل عند الاتصال.
    [few] كل شيء إلا { $count } من الكتل. تصل عند الاتصال.
    [many] كل شيء إلا { $count } من الكتل. تصل عند الاتصال.
   *[other] كل شيء إلا { $count } من الكتل. تصل عند الاتصال.
}
device-in-letters = { $count ->
    [zero] كل شيء إلا { $count } من الكتل تنتظره في رسائل
    [one] كل شيء إلا كتلة واحدة تنتظره في رسالة
    [two] كل شيء إلا كتلتين تنتظرانه في رسائل
    [few] كل شيء إلا { $count } كتل تنتظره في رسائل
    [many] كل شيء إلا { $count } كتلة تنتظره في رسائل
   *[other] كل شيء إلا { $count } كتلة تنتظره في رسائل
}
device-connected = متصل الآن
device-coming = سُمح له ولم يظهر بعد
device-not-let-in = لم يسمح له أحد ممن يحق لهم
device-forked = سجلّان مختلفان
device-forked-what = وُقّع سجلّان مختلفان بمفتاح هذا الجهاز. إما أنه نُسخ أو استُعيد من نسخة احتياطية، أو أن شخصًا آخر يملك مفتاحه.
device-forked-done = يُحفظ السجلّان ويُعرضان. ما كتبه بعد ذلك يحمل علامة العزل ولا يزال يُحسب. راجعه وعلّم ما ليس صحيحًا بأنه أُدخل خطأً.
device-forked-do = أزل هذا الجهاز ثم أدخله من جديد. سيحصل على مفتاح جديد.
device-suspended = أُوقف
device-removed = أُزيل
device-decides = صاحب القرار
device-role = من
device-headers = وجود مدخلات، لا ما تقوله
device-nobody = لم يعد لأحد هنا هذا الجهاز.
this-device-called = { $name } (هذا الجهاز)
devices-undecided = لم يعد أي جهاز يقرر من لديه هذا السجل. بكلمات الاسترداد يستطيع هذا الجهاز ذلك.
role-patient = أنت
role-delegate = الأسرة أو من يرعاك
role-clinician = عيادة
role-witness = شاهد
role-patient-choice = أنا: جهاز آخر لي
role-delegate-choice = أحد من أسرتي أو ممن يرعاني
role-clinician-choice = عيادة أو شخص يعالجني
role-witness-choice = شاهد: يؤكد أن شيئا لم يتغير، ولا يقرأ شيئا
member-name = الاسم الذي يراه الجميع
member-name-hint = يرى الاسم كل من يقرأ هذا السجل.
member-name-save = احفظ الاسم
member-named = حُفظ الاسم ووُقع.
member-stop = أوقفه مؤقتا
member-stop-question = هل توقف «{ $name }» الآن؟
member-stop-now = لا يعطيه أي جهاز يعلم بذلك شيئا بعد الآن.
member-stop-undo = يسمح له صاحب القرار بالمتابعة، أو أنت بكلمات الاسترداد.
member-stopped = أُوقف. تعلم الأجهزة الأخرى بذلك عندما تتصل.
member-resume = دعه يتابع
member-resume-question = هل تدع «{ $name }» يتابع؟
member-resume-now = يحصل على كل شيء من جديد، وعلى ما كُتب في أثناء ذلك.
member-resume-undo = أوقفه مرة أخرى متى شئت.
member-resumed = يحصل على كل شيء من جديد.
member-remove = أزله
member-remove-question = هل تزيل «{ $name }»؟
member-remove-now = لا يحصل على شيء بعد الآن، وما يكتبه من الآن لا يُحسب. ما كتبه من قبل يبقى.
member-remove-undo = اسمح له من جديد كجهاز جديد.
member-removed = أُزيل. تعلم الأجهزة الأخرى بذلك عندما تتصل.
member-read-stays = استرداد ما قرأه. قد يبقى عنده.
member-also = سمح «{ $name }» لهذه الأجهزة. هل تزيلها أيضا؟
member-decide = اجعله صاحب القرار
member-decide-here = اجعل هذا الجهاز صاحب القرار
member-decide-question = هل يقرر «{ $name }» من لديه هذا السجل؟
member-decide-now = هو وحده يسمح للآخرين نهائيا ويزيلهم ويسميهم.
member-decide-do = نعم، ليقرر
member-decide-undo = يسلم القرار لغيره، أو تستعيده أنت بكلمات الاسترداد.
member-decided = تم. صاحب القرار من الآن هو.
member-words = كلمات الاسترداد:
member-words-why = صاحب القرار جهاز آخر، لذلك ستُسأل عنها بعد هذا.
member-words-title = كلمات الاسترداد
member-words-lead = هي فوق كل جهاز. لا تُحفظ هنا.
member-act-not = لا يمكن فعل هذا هنا الآن. لعل صاحب القرار يستطيع.
member-act-no = لا، ارجع
new-record-connect = هل السجل موجود بالفعل على جهاز آخر، لك أو لشخص قريب منك؟
a-record = سجل
connect-title = الاتصال بجهاز آخر
connect-lead = كل شيء يذهب مختوما من جهاز إلى آخر. مع الرمز لا خادم بينهما.
connect-show = عرض رمز
connect-gives-title = ما الذي يكشفه الرمز
connect-gives = فقط كيفية الوصول إلى هذا الجهاز. لا شيء من سجلك. أنت تختار ما تشاركه في الخطوات التالية.
connect-read-title = أو اقرأ رمز الجهاز الآخر
connect-camera = استخدام الكاميرا
connect-paste = رابط أو رمز
connect-paste-hint = ألصق ما يعرضه الجهاز الآخر.
connect-read = متابعة
connect-picture = صورة رمز
connect-picture-hint = مثلا لقطة شاشة. تبقى على هذا الجهاز.
connect-code = رمز هذا الجهاز
connect-code-title = دع الجهاز الآخر يقرأ هذا الرمز
connect-code-lead = بالكاميرا، أو أرسل الرابط إلى الشخص هناك.
connect-then-title = ثم اقرأ الرمز الذي يعرضه
connect-answer-title = الآن دع الجهاز الآخر يقرأ هذا الرمز
connect-answer-lead = يتابع وحده بعد أن يقرأه الجهاز الآخر.
connect-minutes = { $count ->
    [zero] يعمل لعدد { $count } من الدقائق الأخرى.
    [one] يعمل لدقيقة أخرى.
    [two] يعمل لعدد { $count } من الدقائق الأخرى.
    [few] يعمل لعدد { $count } من الدقائق الأخرى.
    [many] يعمل لعدد { $count } من الدقائق الأخرى.
   *[other] يعمل لعدد { $count } من الدقائق الأخرى.
}
connect-waiting = في انتظار الجهاز الآخر
connect-connecting = جار الاتصال
connect-connecting-why = يجري إنشاء خط مباشر ومختوم.
connect-stop = إيقاف
connect-again = البدء من جديد
connect-failed = لم يجد الجهازان أحدهما الآخر
connect-failed-why = كان الرمز قديما، أو أن الشبكات لا تسمح للجهازين بالمرور. سجلك محفوظ. جرب والجهازان في الشبكة نفسها.
connect-unsupported = هذا المتصفح لا يتصل مباشرة
connect-unsupported-why = ليس فيه WebRTC، أو أنه معطل. كل شيء آخر يعمل. استخدم متصفحا آخر للاتصال، أو ملف نسخة احتياطية.
connect-other = هذا ليس رمزا للاتصال. ألصق الرابط الذي يعرضه الجهاز الآخر كاملا.
connect-damaged = جزء من الرمز ناقص. انسخه مرة أخرى كاملا.
connect-too-new = أنشأ هذا الرمز إصدار أحدث من التطبيق. حدّث التطبيق على هذا الجهاز.
connect-other-kind = هذا الرمز للخطوة الأخرى. يعرض الجهاز الأول رمزه، فيقرؤه الثاني ويعرض رمزه، ثم يقرؤه الأول.
connect-other-offer = هذا الرمز يجيب عن رمز آخر، ربما أقدم. دع الجهاز الآخر يقرأ الرمز المعروض هنا الآن.
connect-no-address = هذا الجهاز ليس في أي شبكة، فلا يمكن لأحد الوصول إليه. اتصل بشبكة وحاول مرة أخرى.
copy-link = نسخ الرابط
compare-title = هل تعرض الشاشتان هذا الرقم؟
compare-lead = انظر إلى شاشتهم، أو دعهم يقرؤونه بصوت عال. لا تقله أولا.
compare-same = نعم، الرقم نفسه
compare-different = لا، رقم آخر
compare-waiting = في انتظار أن يؤكد الشخص عند الجهاز الآخر ذلك أيضا.
compare-why-title = لماذا المقارنة؟
compare-why = تثبت أنه لا أحد بين الجهازين. لا تثبت أن الشخص الآخر هو من يقول.
compare-differed = كان الرقمان مختلفين
met-title = الجهازان يعرفان أحدهما الآخر
met-lead = لم تتم مشاركة أي شيء بعد. الجهاز الذي يريد سجل الآخر يطلبه.
met-name = ما اسم هذا الجهاز؟
met-name-hint = يراه الشخص عند الجهاز الآخر ويمكنه تغييره، مثلا «حاسوب إيدا».
met-ask = اطلب السجل المفتوح هناك
met-asked = تم الطلب. القرار للشخص عند الجهاز الآخر.
let-in-title = من هو؟
let-in-lead = جهاز آخر يطلب أن يكون هذا السجل لديه. قل لمن هو.
let-in-name = ما اسمه؟
let-in-name-hint = يرى الاسم كل من يقرأ هذا السجل.
let-in-role = لمن هذا الجهاز؟
let-in-role-missing = اختر لمن هذا الجهاز
let-in-next = تابع
let-in-headers = لا يقرأ شيئا:
let-in-headers-why = يعلم متى يُكتب شيء وكم حجمه، ويستطيع أن يؤكد أن شيئا لم يتغير.
let-in-question = هل تسمح بأن يكون هذا السجل لدى «{ $name }»؟
let-in-gets = يحصل على كل شيء:
let-in-gets-why = جميع المدخلات والمستندات والملاحظات في هذا السجل، وما يُكتب لاحقا أيضا.
let-in-writes = يمكنه الكتابة:
let-in-writes-why = ما يُكتب هناك يوقعه ذلك الجهاز ويظهر هنا.
let-in-undo = لا يمكن التراجع عنه كليا:
let-in-undo-why = ما قرأه الجهاز الآخر قد يحتفظ به. اسمح فقط لأجهزة أشخاص تثق بهم.
let-in-do = نعم، اسمح له
let-in-not = لا، أوقف الاتصال
sharing-title = متصل
sharing-lead = ما يكتبه أي من الجهازين الآن يظهر على كليهما فورا.
sharing-open = فتح السجل
link-proving = جار معرفة من يحق له ماذا
link-same = لدى الجهازين الشيء نفسه.
link-giving = جار إرسال { $done } من { $total }
link-taking = { $count ->
    [zero] وصل { $count } من الكتل وتم التحقق منها
    [one] وصلت كتلة واحدة وتم التحقق منها
    [two] وصل { $count } من الكتل وتم التحقق منها
    [few] وصل { $count } من الكتل وتم التحقق منها
    [many] وصل { $count } من الكتل وتم التحقق منها
   *[other] وصل { $count } من الكتل وتم التحقق منها
}
link-refused = لا يحصل الجهاز الآخر على شيء من هذا السجل: لم يُسمح له قط، أو أُزيل، أو توجد نسخة منه.
link-refused-there = الجهاز الآخر لا يعطي هذا الجهاز شيئا من هذا السجل.
link-refused-blocks = { $count ->
    [zero] { $count } من الكتل لم تصح ورُفضت.
    [one] كتلة واحدة لم تصح ورُفضت.
    [two] { $count } من الكتل لم تصح ورُفضت.
    [few] { $count } من الكتل لم تصح ورُفضت.
    [many] { $count } من الكتل لم تصح ورُفضت.
   *[other] { $count } من الكتل لم تصح ورُفضت.
}
link-over = الخط مغلق
link-left = ما وصل تم التحقق منه وحفظه. يتبع الباقي عند الاتصال مرة أخرى.
link-broken = ما وصل تغير في الطريق، فتوقفنا. ما وصل قبله تم التحقق منه وحفظه.
link-between = توقفنا. لم يُرسل شيء. قد يكون أحدهم بين الجهازين، أو كان الرمز قديما.
link-full = لا مكان متبقيا على هذا الجهاز. ما وصل محفوظ. أفرغ بعض المكان ثم اتصل مرة أخرى.
backup-others-title = ليس في هذه النسخة
backup-others = { $count ->
    [zero] لا ينقص أي سجل.
    [one] سجل واحد سمح جهاز آخر لهذا الجهاز به. كلماتك لا تعيده: اتصل بذلك الجهاز مرة أخرى.
    [two] سجلان سمحت أجهزة أخرى لهذا الجهاز بهما. كلماتك لا تعيدهما: اتصل بتلك الأجهزة مرة أخرى.
    [few] { $count } سجلات سمحت أجهزة أخرى لهذا الجهاز بها. كلماتك لا تعيدها: اتصل بتلك الأجهزة مرة أخرى.
    [many] { $count } سجلا سمحت أجهزة أخرى لهذا الجهاز بها. كلماتك لا تعيدها: اتصل بتلك الأجهزة مرة أخرى.
   *[other] { $count } سجل سمحت أجهزة أخرى لهذا الجهاز بها. كلماتك لا تعيدها: اتصل بتلك الأجهزة مرة أخرى.
}
connect-link-title = الاتصال بالجهاز الذي أرسل هذا الرابط؟
connect-link-lead = سيبحث هذا الجهاز عندئذ عن الآخر. تابع فقط إذا كنت تعرف من أرسله.
connect-link-do = نعم، اتصل
connect-link-busy = هناك اتصال آخر مفتوح. أوقفه أولا.
sharing-another = مشاركة سجل آخر

# Files between devices
job-parcel = إعداد ملف لأجهزة أخرى
fault-not-a-parcel = ليس هذا الملف من جهاز آخر في Chartchain. اختر ملفا ينتهي بـ «.parcel» أو «.request».
fault-not-for-this-device = هذا الملف لجهاز آخر. اطلب من مرسله أن يختار هذا الجهاز.
fault-not-a-request = ليس هذا الملف طلبا من جهاز آخر.
moving-stop = أوقف الصور
moving-go-on = تابع
connect-files-title = لا شبكة، أو الجهازان متباعدان؟
connect-files = تفعل الملفات ما يفعله الاتصال: بذاكرة محمولة أو رسالة أو في صور. وهي مختومة للجهاز المقصود.
send-title = أرسل ملفا
send-lead = فيه ما ينقص أجهزة هذا السجل الأخرى، بقدر ما هو معروف هنا.
send-nobody = لا أحد غيرك لديه هذا السجل بعد. اتصل بجهاز آخر، أو افتح طلبه أولا.
send-to = لمن؟
send-sealed-title = هم وحدهم يستطيعون فتحه
send-sealed = الملف مشفر لهذه الأجهزة. من يحمله يرى حجمه ولا شيء غير ذلك.
send-choose = اختر جهازا واحدا على الأقل.
send-make = أنشئ الملف
send-saved = الملف جاهز
send-size = { $count ->
    [zero] لا كتل، { $size }
    [one] كتلة واحدة، { $size }
    [two] كتلتان، { $size }
    [few] { $count } كتل، { $size }
    [many] { $count } كتلة، { $size }
   *[other] { $count } كتلة، { $size }
}
send-where = وضعه المتصفح حيث توضع التنزيلات. أعطه للجهاز الآخر، بذاكرة محمولة أو رسالة.
send-number-title = اقرأ هذا الرقم على الشخص الآخر
send-number = يعرض الجهاز الآخر رقما عندما يفتح الملف. يجب أن يتطابق الرقمان.
send-moving-title = الشيء نفسه في صور متحركة
send-moving = تستطيع كاميرا الجهاز الآخر قراءته من هذه الشاشة.
send-moving-show = اعرض الصور
send-again = أنشئ ملفا آخر
open-title = افتح ملفا
open-lead = ملف أو صور متحركة من جهاز آخر: ما يعطيك إياه، أو طلبه الدخول.
open-file = الملف
open-file-hint = ينتهي بـ «.parcel» أو «.request». يبقى على هذا الجهاز.
open-moving = اقرأ صورا متحركة بالكاميرا
open-reading = تجري قراءة الملف
open-number-title = قارن هذا الرقم أولا
open-number = يعرض الجهاز الآخر رقما أيضا. اسأل الشخص هناك بصوتك. إن اختلفا فتوقف: الطلب لغيره.
open-invited = قارن هذا الرقم
open-invited-lead = يسمح الملف بأن يكون لدى هذا الجهاز سجل. يرى مرسله رقما على شاشته. هل الرقمان متطابقان؟
open-done = قُرئ الملف
open-added = { $count ->
    [zero] كل ما فيه كان هنا من قبل.
    [one] كتلة واحدة كانت جديدة وتم التحقق منها.
    [two] كتلتان كانتا جديدتين وتم التحقق منهما.
    [few] { $count } كتل كانت جديدة وتم التحقق منها.
    [many] { $count } كتلة كانت جديدة وتم التحقق منها.
   *[other] { $count } كتلة كانت جديدة وتم التحقق منها.
}
open-from = من: { $name }
open-reply-title = ينقص الجهاز الآخر شيء
open-reply = { $count ->
    [zero] لا كتل من هذا السجل كانت ناقصة هناك.
    [one] كتلة واحدة من هذا السجل لم تكن هناك عند إنشاء الملف. أرسل ملفا في الرد.
    [two] كتلتان من هذا السجل لم تكونا هناك عند إنشاء الملف. أرسل ملفا في الرد.
    [few] { $count } كتل من هذا السجل لم تكن هناك عند إنشاء الملف. أرسل ملفا في الرد.
    [many] { $count } كتلة من هذا السجل لم تكن هناك عند إنشاء الملف. أرسل ملفا في الرد.
   *[other] { $count } كتلة من هذا السجل لم تكن هناك عند إنشاء الملف. أرسل ملفا في الرد.
}
open-reply-make = أنشئ ملفا للرد
open-failed = تعذرت قراءة الملف
open-failed-stays = ما خُزن من قبل يبقى، ويمكن قراءة الملف من جديد.
ask-file-title = اطلب بملف
ask-file-lead = بلا أي اتصال: يذهب طلب إلى الجهاز الذي لديه السجل، ويعود جوابه ملفا.
ask-file-make = أنشئ الطلب
ask-file-open = افتح الجواب
ask-file-made = أعط هذا الطلب للجهاز الآخر
ask-file-made-lead = يُفتح هناك في «الأشخاص والأجهزة»، «افتح ملفا».
ask-file-number-title = اقرأ هذا الرقم على الشخص هناك
ask-file-number = يعرض جهازه رقما عندما يفتح الطلب. يجب أن يتطابق الرقمان.

# Meeting through a relay
meet-make = أنشئ رابطا واحدا للجهازين
meet-make-why = بوجود شبكة يكفي رابط واحد. الخادم الذي جاء منه هذا التطبيق يجمع بينهما ولا يقرأ شيئا.
meet-title = أعط هذا الرابط للجهاز الآخر
meet-lead = ما إن يُفتح هناك حتى يتابع الجهازان وحدهما. يعمل مرة واحدة.
meet-used = استخدم شخص آخر هذا الرابط. اطلب رابطا جديدا.
meet-refused = الخادم الذي جاء منه هذا التطبيق لا يتيح اللقاء عنده. استخدم رمزا بدلا منه.

# زيارة تكتبها عيادة
visit-title = زيارة
visit-not-yours = العيادات هي التي تكتب الزيارات
visit-not-yours-why = هذا الجهاز لا ينتمي إلى هذا السجل كجهاز عيادة. ما تكتبه بنفسك مكانه «إضافة».
visit-ask = { $name }: { $question } { $expected }
visit-start = متى بدأت
visit-unit = الوحدة؟
visit-unit-of = وحدة { $name }
visit-last = آخر قيمة { $value }
visit-last-on = آخر قيمة { $value }، { $when }
visit-nth = { $label } ({ $number })
visit-another-medicine = دواء آخر
visit-another-vaccine = تطعيم آخر
visit-rest-asked = هذه الكلمات في السطر السريع لم تُفهم ولن تُوقّع: { $words }
visit-keep = وقّع كما هو
visit-no-known = يذكر السجل أنه لا توجد حساسية معروفة.
visit-none-noted = لا توجد حساسية مدونة في هذا السجل.
visit-write = كتابة زيارة
visit-line = السطر السريع
visit-line-hint = أرقام بأي ترتيب، مثلًا: ضغط 136/82 نبض 74 وزن 81.4 كغ حرارة 36.7
visit-understood = { $count ->
    [zero] لا رقم بعد. لم يُوقَّع شيء.
    [one] رقم واحد. لم يُوقَّع شيء بعد.
    [two] رقمان. لم يُوقَّع شيء بعد.
    [few] { $count } أرقام. لم يُوقَّع شيء بعد.
    [many] { $count } رقمًا. لم يُوقَّع شيء بعد.
   *[other] { $count } رقم. لم يُوقَّع شيء بعد.
  }
visit-not-understood = لم يُفهم: { $words }. ضعه في الملاحظة إن كان مهمًا.
visit-reason = سبب الزيارة
visit-note-title = ملاحظة الزيارة
visit-plan-title = الخطة
visit-check = تحقق قبل وصف الدواء
visit-medicine-heading = دواء من الآن فصاعدًا
visit-medicine = الدواء
visit-dose = الجرعة
visit-how-often = كم مرة
visit-vaccine-heading = لقاح أُعطي
visit-vaccine = اللقاح
visit-lot = رقم التشغيلة
visit-asked = راجع هذا قبل التوقيع
visit-sign = التوقيع والحفظ
visit-later = التوقيع لاحقًا
visit-sign-hint = الضغط على Ctrl وEnter في حقل يوقّع أيضا. ما لم يُوقّع يُحفظ هنا مختوما.
visit-sign-for = توقيع لسجل { $name } باسم { $who }
visit-signed = وُقّع وحُفظ.
visit-wrong-empty = اكتب ما قيس أو قيل أو فُعل
visit-wrong-reason = اختصر سبب الزيارة
