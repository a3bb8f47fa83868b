"""Words of *Trực*, and of the models on *Quản trị*."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "duty": ("Trực", "Duty"),
    "duty.asked": ("Bài nên hỏi người", "Articles worth asking about"),
    "duty.help": (
        (
            "Máy chọn những bài nó phân vân nhất trong hai tuần qua. Câu trả lời có hiệu lực ngay với bài; {quiet} giây"
            " sau câu trả lời cuối, máy học lại trong nền và chỉ dùng mô hình mới khi mô hình ấy không kém đi."
        ),
        (
            "The articles of two weeks that the machine is least sure of. An answer counts at once for the article;"
            " {quiet} seconds after the last one the machine learns again in the background, and uses the new model"
            " only if it is no worse."
        ),
    ),
    "duty.left": ("Đã trả lời {n} bài trong phiên này; còn {m} bài đang chờ.", "Answered here: {n}; waiting: {m}."),
    "duty.torn": (
        "Máy phân vân giữa {first} và {second}, và chưa chắc bài có thuộc chủ đề “{theme}” không.",
        "The machine is torn between {first} and {second}, and not sure whether the theme is “{theme}”.",
    ),
    "duty.stance": ("Bài nói về tỉnh thế nào?", "How does it present the province?"),
    "duty.theme": ("Có thuộc chủ đề “{theme}” không?", "Is its theme “{theme}”?"),
    "duty.right": ("Đúng: {stance}, {theme}", "Right: {stance}, {theme}"),
    "duty.is": ("có “{theme}”", "“{theme}”"),
    "duty.is_not": ("không “{theme}”", "not “{theme}”"),
    "duty.yes": ("Có", "Yes"),
    "duty.no": ("Không", "No"),
    "duty.next": ("Bài sau", "Next"),
    "duty.correct": ("Sửa chi tiết ở trang bài báo", "Correct it in detail on its own page"),
    "duty.answered": ("Đã trả lời: {what}", "Answered: {what}"),
    "duty.saved": ("Đã ghi cho “{title}”: {what}.", "Saved for “{title}”: {what}."),
    "duty.undo": ("Bỏ câu trả lời vừa rồi", "Undo the last answer"),
    "duty.undone": ("Đã bỏ câu trả lời vừa rồi.", "The last answer was taken back."),
    "duty.why": ("trả lời ở Trực", "answered on Duty"),
    "duty.then": ("Tiếp theo", "Then"),
    "duty.none": (
        "Không còn bài nào máy cần hỏi trong hai tuần qua: bài về tỉnh đều đã có người xem nhãn, hoặc chưa có bài.",
        "Nothing left to ask about in two weeks: people have judged it all, or there are no articles.",
    ),
    "duty.skipped": (
        "Đã qua hết danh sách; {n} bài được bỏ qua trong phiên này.",
        "The end of the list; {n} articles were passed over here.",
    ),
    "duty.again": ("Tìm lại từ đầu", "Look again"),
    "duty.broken": (
        "Không chọn được bài: {why}. Nhãn đã ghi vẫn còn nguyên. Nhờ người quản trị xem thẻ Mô hình ở Quản trị.",
        "No articles could be chosen: {why}. What was answered is kept. Ask the administrator to look at Models.",
    ),
    "model": ("Mô hình", "Models"),
    "model.help": (
        (
            "Mô hình đoán chủ đề và thái độ, học từ nhãn người sửa. Mỗi phần mới học chỉ được dùng khi không kém đi"
            " trên bộ mẫu của chương trình; nếu không, phần ấy được để riêng và phần cũ tiếp tục đánh giá."
        ),
        (
            "Models suggest themes and stance and learn from people's corrections. Each of the two is used only if it"
            " is no worse on the program's own gold set; otherwise it is kept aside and the old one goes on."
        ),
    ),
    "model.now": ("Đang đánh giá: {model}", "Judging now: {model}"),
    "model.shipped": ("mô hình đi kèm chương trình", "the model that came with the program"),
    "model.number": ("mô hình số {n}", "model {n}"),
    "model.held": (
        "Người chọn giữ mô hình này: máy học tiếp nhưng không tự thay.",
        "Somebody chose this model: the machine goes on learning but does not replace it.",
    ),
    "model.release": ("Thôi giữ, để máy tự thay lần học sau", "Let the next retraining replace it"),
    "model.waiting": ("Có nhãn mới, máy sẽ học lại lúc {time}.", "New labels: the machine learns again at {time}."),
    "model.aside": (
        "Lần học gần nhất (số {n}, {time}) có phần được để riêng: {parts}.",
        "Of the newest retraining ({n}, {time}) this is kept aside: {parts}.",
    ),
    "model.taken": ("Phần được dùng: {parts}.", "Taken over: {parts}."),
    "model.themes": ("chủ đề", "themes"),
    "model.stance": ("thái độ", "stance"),
    "model.part_aside": ("Để riêng phần {part}:", "Kept aside, {part}:"),
    "model.fault.floor": (
        "{name} còn {value}, thấp hơn mức sàn {limit} quá mức ngẫu nhiên.",
        "{name} is {value}, below the floor of {limit} by more than chance.",
    ),
    "model.fault.worse": (
        "trên bộ mẫu, {value} mẫu nay đoán hỏng mà chỉ {limit} mẫu đoán tốt lên.",
        "on the gold set {value} items turned wrong and only {limit} right.",
    ),
    "model.fault.against": (
        "{value} trên {limit} bài được sửa trái hẳn với điều mô hình đi kèm gần như chắc; xin xem lại các nhãn ấy.",
        "{value} of {limit} corrected articles contradict what the shipped model is almost sure of; please look again.",
    ),
    "model.figure": ("Số đo", "Figure"),
    "model.measured": ("Đo được", "Measured"),
    "model.floor": ("Mức sàn", "Floor"),
    "model.measure": ("Đo lại mô hình đang đánh giá", "Measure the model that judges"),
    "model.history": ("Các lần học lại", "Retrainings"),
    "model.none": (
        "Chưa có lần học lại nào. Máy học sau khi người sửa nhãn ở Bài báo hoặc Trực.",
        "No retraining yet. The machine learns after people correct labels on Article or Duty.",
    ),
    "model.taught": (
        "{time} · {themes} bài sửa chủ đề, {stances} bài sửa thái độ · {seconds} giây",
        "{time} · {themes} corrected for themes, {stances} for stance · {seconds} seconds",
    ),
    "model.state.judging": ("đang đánh giá", "judging"),
    "model.state.aside": ("để riêng", "kept aside"),
    "model.state.other": ("học từ bản chương trình cũ", "taught from an older program"),
    "model.state.ready": ("dùng lại được", "can be used again"),
    "model.use": ("Dùng lại", "Use it again"),
    "model.sure": (
        "Từ nay {model} đánh giá; các bài được đánh giá lại trong nền, nhãn của người không đổi.",
        "From now on {model} judges; articles are judged again in the background, people's labels stay.",
    ),
    "model.confirm": ("Xác nhận", "Confirm"),
    "model.used": ("{model} đánh giá từ bây giờ. Việc này đã ghi vào nhật ký.", "{model} judges from now on; noted."),
    "model.released": ("Máy sẽ tự thay mô hình ở lần học sau.", "The next retraining may replace the model."),
    "model.broken": (
        "Không đọc được mô hình: {why}. Máy tiếp tục đánh giá bằng mô hình đọc được sau cùng.",
        "The models cannot be read: {why}. The machine goes on with the last one it could read.",
    ),
    "model.vi": ("Tiếng Việt", "Vietnamese"),
    "model.others": ("Các tiếng khác", "Other languages"),
    "model.themes_micro_f1": ("chủ đề, F1", "themes, F1"),
    "model.stance_macro_f1": ("thái độ, F1", "stance, F1"),
    "model.critical_recall": ("phê phán: tìm thấy", "critical: found"),
    "model.critical_precision": ("phê phán: đúng", "critical: right"),
    "model.stance_coverage": ("thái độ: có gợi ý", "stance: suggested"),
    "model.stance_right_of_covered": ("thái độ: gợi ý đúng", "stance: suggestions right"),
}
