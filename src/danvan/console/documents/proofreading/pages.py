"""The addresses of proofreading."""

from django.urls import path

from . import closing, items, page

urlpatterns = [
    path("van-ban/<uuid:pk>/doi-chieu/", page.proofread, name="proofread"),
    path("van-ban/<uuid:pk>/doi-chieu/dung/", items.confirm_item, name="confirm_item"),
    path("van-ban/<uuid:pk>/doi-chieu/dung-nhieu/", items.confirm_items, name="confirm_items"),
    path("van-ban/<uuid:pk>/doi-chieu/loai/", items.drop_item, name="drop_item"),
    path("van-ban/<uuid:pk>/doi-chieu/hoan-tac/", items.undo_item, name="undo_item"),
    path("van-ban/<uuid:pk>/doi-chieu/sua/", items.correct_item, name="correct_item"),
    path("van-ban/<uuid:pk>/doi-chieu/them/", items.add_item, name="add_item"),
    path("van-ban/<uuid:pk>/doi-chieu/ten/", items.answer_name, name="answer_name"),
    path("van-ban/<uuid:pk>/doi-chieu/hoi/", closing.ask_to_confirm, name="ask_to_confirm"),
    path("van-ban/<uuid:pk>/doi-chieu/xac-nhan/", closing.confirm_reading, name="confirm_reading"),
    path("van-ban/<uuid:pk>/doi-chieu/dang-ky/", closing.register_reading, name="register_reading"),
]
